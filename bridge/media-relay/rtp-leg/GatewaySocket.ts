import type { RemoteInfo, Socket } from 'node:dgram';
import type { GatewaySourcePolicy } from './LegConfig.ts';

/** A latched source that is silent this long may be replaced by another one that the policy admits. */
const silenceMs = 3000;

export interface GatewayDestination {
  readonly address: string;
  readonly port: number;
  readonly sourcePolicy: GatewaySourcePolicy;
}

/**
 * One bound UDP socket towards the gateway that knows whom it talks to. It sends to the negotiated address until a
 * packet comes from a source that the policy admits, then *connects* to that source: the kernel drops everybody
 * else's packets and sends without looking up a route each time. Call {@link tick} about once a second.
 */
export class GatewaySocket {
  readonly #socket: Socket;
  readonly #onPacket: (packet: Buffer) => void;
  #destination: GatewayDestination | null = null;
  #isConnected = false;
  #heardSinceTick = false;
  #silentMs = 0;

  constructor(socket: Socket, onPacket: (packet: Buffer) => void) {
    this.#socket = socket;
    this.#onPacket = onPacket;
    socket.on('message', (packet, from) => {
      if (this.#isConnected || this.#admit(from)) {
        this.#heardSinceTick = true;
        this.#onPacket(packet);
      }
    });
    // A closed port at the far end is reported here (ICMP); the call's signalling decides what it means.
    socket.on('error', () => {});
  }

  /** New SDP: the latch starts anew unless the address stayed the same. */
  setDestination(destination: GatewayDestination | null): void {
    const before = this.#destination;
    this.#destination = destination;
    const isSame =
      before?.address === destination?.address &&
      before?.port === destination?.port &&
      before?.sourcePolicy === destination?.sourcePolicy;
    if (!isSame) this.#disconnect();
  }

  send(packet: Buffer): boolean {
    if (this.#isConnected) {
      this.#socket.send(packet);
      return true;
    }
    const destination = this.#destination;
    if (destination === null || destination.port === 0) return false;
    this.#socket.send(packet, destination.port, destination.address);
    return true;
  }

  /** @param elapsedMs time since the last call */
  tick(elapsedMs: number): void {
    this.#silentMs = this.#heardSinceTick ? 0 : this.#silentMs + elapsedMs;
    this.#heardSinceTick = false;
    if (this.#silentMs >= silenceMs) this.#disconnect();
  }

  close(): void {
    this.#destination = null;
    this.#socket.close();
  }

  #admit(from: RemoteInfo): boolean {
    const destination = this.#destination;
    if (destination === null) return false;
    const isAddress = from.address === destination.address;
    const isAdmitted =
      destination.sourcePolicy === 'any' ||
      (isAddress && (destination.sourcePolicy === 'sameAddress' || from.port === destination.port));
    if (!isAdmitted) return false;
    try {
      this.#socket.connect(from.port, from.address);
      this.#isConnected = true;
      this.#silentMs = 0;
    } catch {
      // Not reachable from here after all (no route): stay as we are, the packet itself is fine.
    }
    return true;
  }

  #disconnect(): void {
    if (!this.#isConnected) return;
    this.#isConnected = false;
    this.#socket.disconnect();
  }
}
