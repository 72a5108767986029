import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { audioTarget, readSip, writeReply } from '../gateway/sipText.ts';

/** What becomes of a packet that the bridge sent; null: it is kept. */
type Echo = (packet: Buffer) => Buffer | null;

const headerBytes = 12;
/** Of PCMU (ITU-T G.711). */
const silentSample = 0xff;

/** Answers every call at once and sends all audio back as it came, so that the browser that calls decodes what a gateway gets. */
export class EchoGateway {
  readonly #sip: Socket;
  readonly #codec: 'opus' | 'PCMU';
  readonly #calls = new Map<string, Socket>();
  /** For every call, from now on. */
  echo: Echo = (packet) => packet;

  private constructor(sip: Socket, codec: 'opus' | 'PCMU') {
    this.#sip = sip;
    this.#codec = codec;
    sip.on('message', (message, from) => {
      const request = readSip(message.toString('latin1'));
      if (!request.method || request.method === 'ACK') return;
      const reply = (sdp?: string) => {
        const answer = { status: '200 OK', tag: 'echo', port: this.port, ...(sdp && { sdp }) };
        sip.send(writeReply(request, answer), from.port, from.address);
      };
      const callId = request.header('Call-ID');
      if (request.method === 'INVITE') void this.#answer(callId, request.body).then(reply);
      else reply();
      if (request.method === 'BYE') this.#end(callId);
    });
  }

  static async create(codec: 'opus' | 'PCMU'): Promise<EchoGateway> {
    const sip = createSocket('udp4').bind(0, '127.0.0.1');
    await once(sip, 'listening');
    return new EchoGateway(sip, codec);
  }

  get port(): number {
    return this.#sip.address().port;
  }

  close(): void {
    for (const callId of this.#calls.keys()) this.#end(callId);
    this.#sip.close();
  }

  async #answer(callId: string, offer: string): Promise<string> {
    const { host, port } = audioTarget(offer);
    const rtp = this.#calls.get(callId) ?? createSocket('udp4').bind(0, '127.0.0.1');
    if (!this.#calls.has(callId)) {
      this.#calls.set(callId, rtp);
      await once(rtp, 'listening');
      rtp.on('message', (packet) => {
        const back = this.echo(packet);
        if (back) rtp.send(back, port, host);
      });
    }
    return writeAnswer(rtp.address().port, this.#codec === 'PCMU' ? 0 : opusPayloadType(offer));
  }

  #end(callId: string): void {
    this.#calls.get(callId)?.close();
    this.#calls.delete(callId);
  }
}

/** PCMU alone. */
export function silenced(packet: Buffer): Buffer {
  return Buffer.concat([packet.subarray(0, headerBytes), Buffer.alloc(packet.length - headerBytes, silentSample)]);
}

function opusPayloadType(offer: string): number {
  const payloadType = /^a=rtpmap:(\d+) opus\/48000\/2/im.exec(offer)?.[1];
  if (payloadType === undefined) throw new Error(`no Opus in the offer:\n${offer}`);
  return Number(payloadType);
}

function writeAnswer(port: number, payloadType: number): string {
  const format = payloadType === 0 ? 'PCMU/8000' : 'opus/48000/2';
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio ${port} RTP/AVP ${payloadType}`,
    `a=rtpmap:${payloadType} ${format}`,
    ...(payloadType === 0 ? [] : [`a=fmtp:${payloadType} minptime=10;useinbandfec=1`]),
    'a=ptime:20',
    'a=sendrecv',
    '',
  ].join('\r\n');
}
