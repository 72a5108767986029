import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { CodecName } from '../../../shared/domain/index.ts';
import { readRtp, rtp } from './rtpBuilder.ts';
import { Ticker } from './Ticker.ts';

type GatewayPacket = ReturnType<typeof readRtp> & { readonly fromPort: number };

const formats = {
  opus: { payloadType: 111, rtpmap: 'opus/48000/2', ticks: 960 },
  G722: { payloadType: 9, rtpmap: 'G722/8000', ticks: 160 },
  PCMA: { payloadType: 8, rtpmap: 'PCMA/8000', ticks: 160 },
  PCMU: { payloadType: 0, rtpmap: 'PCMU/8000', ticks: 160 },
} as const;

/** A gateway's media: two UDP sockets, and the SDP that goes with them. */
export class UdpGateway {
  readonly heard: GatewayPacket[] = [];
  readonly heardRtcp: Buffer[] = [];
  readonly address: string;
  readonly #rtp: Socket;
  readonly #rtcp: Socket;
  readonly #ticker = new Ticker();

  private constructor(address: string, rtpSocket: Socket, rtcpSocket: Socket) {
    this.address = address;
    this.#rtp = rtpSocket;
    this.#rtcp = rtcpSocket;
    rtpSocket.on('message', (packet, from) => this.heard.push({ ...readRtp(packet), fromPort: from.port }));
    rtcpSocket.on('message', (packet) => this.heardRtcp.push(packet));
  }

  static async open(address = '127.0.0.1'): Promise<UdpGateway> {
    const bind = async (): Promise<Socket> => {
      const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
      socket.bind(0, address);
      await once(socket, 'listening');
      return socket;
    };
    return new UdpGateway(address, await bind(), await bind());
  }

  get port(): number {
    return this.#rtp.address().port;
  }

  description(options: { codec: CodecName; events?: number; direction?: string; payloadType?: number }): string {
    const format = formats[options.codec];
    const payloadType = options.payloadType ?? format.payloadType;
    const events = options.events ?? 8000;
    return [
      'v=0',
      `o=gw 1 1 IN IP4 ${this.address}`,
      's=-',
      `c=IN ${isIPv6(this.address) ? 'IP6' : 'IP4'} ${this.address}`,
      't=0 0',
      `m=audio ${this.port} RTP/AVP ${payloadType} ${events === 8000 ? 101 : 110}`,
      `a=rtpmap:${payloadType} ${format.rtpmap}`,
      `a=rtpmap:${events === 8000 ? 101 : 110} telephone-event/${events}`,
      `a=rtcp:${this.#rtcp.address().port}`,
      `a=${options.direction ?? 'sendrecv'}`,
      '',
    ].join('\r\n');
  }

  /** Sends audio to where `offer` says, with payloads that begin with `mark`. */
  speak(offer: string, options: { codec: CodecName; ssrc: number; mark: number; payloadType?: number }): void {
    const to = portOf(offer);
    const format = formats[options.codec];
    this.#ticker.start((index) => {
      const packet = rtp({
        sequence: index,
        timestamp: index * format.ticks,
        ssrc: options.ssrc,
        payloadType: options.payloadType ?? format.payloadType,
        payload: new Uint8Array(options.codec === 'opus' ? 60 : 160).fill(options.mark),
      });
      this.#rtp.send(packet, to, this.address);
    });
  }

  fallSilent(): void {
    this.#ticker.stop();
  }

  /** One packet as it is, from the RTP port or from the RTCP port. */
  send(packet: Buffer, offer: string, from: 'rtp' | 'rtcp' = 'rtp'): void {
    if (from === 'rtp') this.#rtp.send(packet, portOf(offer), this.address);
    else this.#rtcp.send(packet, portOf(offer) + 1, this.address);
  }

  close(): void {
    this.#ticker.stop();
    this.#rtp.close();
    this.#rtcp.close();
  }
}

/** The RTP port that an SDP names. */
export function portOf(sdp: string): number {
  return Number(/^m=audio (\d+)/m.exec(sdp)?.[1]);
}
