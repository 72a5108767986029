import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { audioTarget, pcmuAnswer, readSip, writeReply } from '../gateway/sipText.ts';

/** A gateway in this process, so that both ends of a packet's way are on one clock. Answers every call at once. */
export class DelayGateway {
  readonly sip: Socket;
  readonly rtp: Socket;
  /** Where the call wants its audio; null before there is one. */
  target: { host: string; port: number } | null = null;

  private constructor(sip: Socket, rtp: Socket) {
    this.sip = sip;
    this.rtp = rtp;
    sip.on('message', (message, from) => {
      const request = readSip(message.toString('latin1'));
      if (!request.method || request.method === 'ACK') return;
      const reply = { status: '200 OK', tag: 'delay', port: this.port };
      if (request.method === 'INVITE') this.target = audioTarget(request.body);
      const sdp = request.method === 'INVITE' ? { sdp: pcmuAnswer(rtp.address().port) } : {};
      sip.send(writeReply(request, { ...reply, ...sdp }), from.port, from.address);
    });
  }

  static async create(): Promise<DelayGateway> {
    const [sip, rtp] = [createSocket('udp4'), createSocket('udp4')];
    sip.bind(0, '127.0.0.1');
    rtp.bind(0, '127.0.0.1');
    await Promise.all([once(sip, 'listening'), once(rtp, 'listening')]);
    return new DelayGateway(sip, rtp);
  }

  get port(): number {
    return this.sip.address().port;
  }

  close(): void {
    this.sip.close();
    this.rtp.close();
  }
}
