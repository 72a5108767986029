import type { Socket } from 'node:dgram';
import { SrtpReceiver, SrtpSender } from '../../srtp/index.ts';
import { IcePath } from '../ice/index.ts';
import type { LegGateway } from '../LegConfig.ts';
import { isDtls, isRtcp, isRtp } from '../streams/rtpPacket.ts';
import { GatewaySocket } from './GatewaySocket.ts';

/** Bound, towards the gateway. */
export interface GatewaySockets {
  readonly rtp: Socket;
  readonly rtcp: Socket;
}

export interface GatewayEndDeps {
  readonly sockets: GatewaySockets;
  /** A readable packet of the gateway, in the clear. */
  readonly onRtp: (packet: Buffer) => void;
  readonly onRtcp: (packet: Buffer) => void;
  /** DTLS, where it is spoken. */
  readonly onDtls: (packet: Buffer) => void;
}

interface Ports {
  readonly rtp: GatewaySocket;
  readonly rtcp: GatewaySocket;
  /** In the place of `rtp` where the gateway has ICE. */
  readonly ice: IcePath;
}

/** Where a leg and its gateway meet: the two ports, whom they belong to, and the encryption between. */
export class GatewayEnd {
  readonly #deps: GatewayEndDeps;
  readonly #sender = new SrtpSender();
  readonly #receiver = new SrtpReceiver();
  #gateway: LegGateway | null = null;
  #ports: Ports;

  constructor(deps: GatewayEndDeps) {
    this.#deps = deps;
    this.#ports = this.#open(deps.sockets);
  }

  get isEncrypted(): boolean {
    return this.#receiver.isOn;
  }

  /** Packets that weren't authentic or came twice. */
  get packetsRejected(): number {
    return this.#receiver.rejected;
  }

  configure(gateway: LegGateway | null): void {
    this.#gateway = gateway;
    this.#sender.setKey(gateway?.srtp?.sending ?? null);
    this.#receiver.setKey(gateway?.srtp?.receiving ?? null);
    const { rtp, rtcp, ice } = this.#ports;
    ice.configure(gateway?.webRtc?.ice ?? null);
    const { address, sourcePolicy, rtpPort, rtcpPort } = gateway ?? { address: '', sourcePolicy: 'negotiated' };
    const isOnePort = gateway?.webRtc != null;
    rtp.setDestination(rtpPort === undefined || ice.isOn ? null : { address, sourcePolicy, port: rtpPort });
    rtcp.setDestination(rtcpPort === undefined || isOnePort ? null : { address, sourcePolicy, port: rtcpPort });
  }

  /** Takes other ports and frees the present ones, e.g. for another address family. */
  moveTo(sockets: GatewaySockets): void {
    this.close();
    this.#ports = this.#open(sockets);
    this.configure(this.#gateway);
  }

  /** False when there is nobody to send to, or no key to send with yet. */
  sendRtp(packet: Buffer): boolean {
    if (this.#isWithoutKeys) return false;
    return this.#send(this.#sender.sealRtp(packet));
  }

  sendRtcp(packet: Buffer): void {
    if (this.#isWithoutKeys) return;
    const sealed = this.#sender.sealRtcp(packet);
    if (this.#gateway?.webRtc) this.#send(sealed);
    else this.#ports.rtcp.send(sealed);
  }

  sendDtls(packet: Buffer): void {
    if (this.#gateway?.webRtc) this.#send(packet);
  }

  /** Call it about once a second. */
  tick(elapsedMs: number): void {
    this.#ports.rtp.tick(elapsedMs);
    // Reports come about every five seconds: their silence is measured in fifths.
    this.#ports.rtcp.tick(elapsedMs / 5);
  }

  close(): void {
    this.#ports.rtp.close();
    this.#ports.rtcp.close();
  }

  /** DTLS is still to say what they are. */
  get #isWithoutKeys(): boolean {
    return this.#gateway?.webRtc != null && this.#gateway.srtp === null;
  }

  #open({ rtp, rtcp }: GatewaySockets): Ports {
    return {
      rtp: new GatewaySocket(rtp, (packet) => this.#receiveRtp(packet)),
      rtcp: new GatewaySocket(rtcp, (packet) => this.#receiveRtcp(packet)),
      ice: new IcePath(rtp, (packet) => this.#receiveRtp(packet)),
    };
  }

  #send(packet: Buffer): boolean {
    const { ice, rtp } = this.#ports;
    return ice.isOn ? ice.send(packet) : rtp.send(packet);
  }

  /** RTP, or all in one (RFC 5761, RFC 7983). */
  #receiveRtp(packet: Buffer): boolean {
    if (packet.length < 2) return false;
    if (this.#gateway?.webRtc && isDtls(packet)) {
      this.#deps.onDtls(packet);
      return true;
    }
    if (isRtcp(packet)) return this.#receiveRtcp(packet);
    if (!isRtp(packet) || this.#isWithoutKeys) return false;
    const plain = this.#receiver.openRtp(packet);
    if (plain === null) return false;
    this.#deps.onRtp(plain);
    return true;
  }

  #receiveRtcp(packet: Buffer): boolean {
    if (this.#isWithoutKeys) return false;
    const plain = this.#receiver.openRtcp(packet);
    if (plain === null) return false;
    this.#deps.onRtcp(plain);
    return true;
  }
}
