import type { Socket } from 'node:dgram';
import { SrtpReceiver, SrtpSender } from '../srtp/index.ts';
import { GatewaySocket } from './GatewaySocket.ts';
import type { LegGateway } from './LegConfig.ts';
import { isRtcp, isRtp } from './rtpPacket.ts';

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
}

/** Where a leg and its gateway meet: the two ports, whom they belong to, and the encryption between. */
export class GatewayEnd {
  readonly #deps: GatewayEndDeps;
  readonly #sender = new SrtpSender();
  readonly #receiver = new SrtpReceiver();
  #gateway: LegGateway | null = null;
  #rtp: GatewaySocket;
  #rtcp: GatewaySocket;

  constructor(deps: GatewayEndDeps) {
    this.#deps = deps;
    this.#rtp = new GatewaySocket(deps.sockets.rtp, (packet) => this.#receiveRtp(packet));
    this.#rtcp = new GatewaySocket(deps.sockets.rtcp, (packet) => this.#receiveRtcp(packet));
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
    const common = gateway === null ? null : { address: gateway.address, sourcePolicy: gateway.sourcePolicy };
    this.#rtp.setDestination(common && { ...common, port: gateway?.rtpPort ?? 0 });
    this.#rtcp.setDestination(common && { ...common, port: gateway?.rtcpPort ?? 0 });
  }

  /** Takes other ports and frees the present ones, e.g. for another address family. */
  moveTo(sockets: GatewaySockets): void {
    this.#rtp.close();
    this.#rtcp.close();
    this.#rtp = new GatewaySocket(sockets.rtp, (packet) => this.#receiveRtp(packet));
    this.#rtcp = new GatewaySocket(sockets.rtcp, (packet) => this.#receiveRtcp(packet));
    this.configure(this.#gateway);
  }

  /** False when there is nobody to send to. */
  sendRtp(packet: Buffer): boolean {
    return this.#rtp.send(this.#sender.sealRtp(packet));
  }

  sendRtcp(packet: Buffer): void {
    this.#rtcp.send(this.#sender.sealRtcp(packet));
  }

  /** Call it about once a second. */
  tick(elapsedMs: number): void {
    this.#rtp.tick(elapsedMs);
    // Reports come about every five seconds: their silence is measured in fifths.
    this.#rtcp.tick(elapsedMs / 5);
  }

  close(): void {
    this.#rtp.close();
    this.#rtcp.close();
  }

  /** RTP, or both in one (RFC 5761). */
  #receiveRtp(packet: Buffer): boolean {
    if (packet.length < 2) return false;
    if (isRtcp(packet)) return this.#receiveRtcp(packet);
    if (!isRtp(packet)) return false;
    const plain = this.#receiver.openRtp(packet);
    if (plain === null) return false;
    this.#deps.onRtp(plain);
    return true;
  }

  #receiveRtcp(packet: Buffer): boolean {
    const plain = this.#receiver.openRtcp(packet);
    if (plain === null) return false;
    this.#deps.onRtcp(plain);
    return true;
  }
}
