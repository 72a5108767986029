import type { RemoteInfo, Socket } from 'node:dgram';
import type { GatewaySourcePolicy } from '../LegConfig.ts';

/** A source other than the negotiated one is latched after so many packets: the negotiated one may just be late. */
const packetsToLatch = 5;
/** A latched source that is silent this long may be replaced by another one that the policy admits. */
const silenceMs = 3000;

export interface GatewayDestination {
  readonly address: string;
  readonly port: number;
  readonly sourcePolicy: GatewaySourcePolicy;
}

interface Source {
  readonly address: string;
  readonly port: number;
}

function isSameSource(one: Source, other: Source): boolean {
  return one.port === other.port && one.address === other.address;
}

/**
 * One bound UDP socket towards the gateway that knows whom it talks to. It sends to the negotiated address until a
 * packet comes from a source that the policy admits, then *connects* to that source: the kernel drops everybody
 * else's packets and sends without looking up a route each time. Call {@link tick} about once a second.
 */
export class GatewaySocket {
  readonly #socket: Socket;
  readonly #onPacket: (packet: Buffer) => boolean;
  #destination: GatewayDestination | null = null;
  #connectedTo: Source | null = null;
  #candidate: (Source & { readonly packets: number }) | null = null;
  #former: Source | null = null;
  #heardSinceTick = false;
  #silentMs = 0;

  /** @param onPacket false for what was no packet of the gateway's: nobody is latched for it */
  constructor(socket: Socket, onPacket: (packet: Buffer) => boolean) {
    this.#socket = socket;
    this.#onPacket = onPacket;
    socket.on('message', (packet, from) => {
      if (!this.#isTaken(from)) return;
      if (!this.#onPacket(packet)) return;
      this.#heardSinceTick = true;
      if (this.#connectedTo === null) this.#latch(from);
    });
    // A closed port at the far end is reported here (ICMP); the call's signalling decides what it means.
    socket.on('error', () => {});
  }

  /** New SDP: the latch starts anew unless the address stayed the same. */
  setDestination(destination: GatewayDestination | null): void {
    const before = this.#destination;
    this.#destination = destination;
    this.#candidate = null;
    const isSame =
      before?.address === destination?.address &&
      before?.port === destination?.port &&
      before?.sourcePolicy === destination?.sourcePolicy;
    if (isSame) return;
    // What is still on its way from where the gateway was before must not be latched.
    const former = this.#connectedTo ?? before;
    this.#former = former && destination && isSameSource(former, destination) ? null : former;
    this.#disconnect();
  }

  send(packet: Buffer): boolean {
    if (this.#connectedTo !== null) {
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
    if (this.#silentMs < silenceMs) return;
    this.#former = null;
    this.#disconnect();
  }

  close(): void {
    this.#destination = null;
    this.#socket.close();
  }

  /** What strangers sent before the kernel was told of the connection still comes out of the socket's queue. */
  #isTaken(from: RemoteInfo): boolean {
    return this.#connectedTo === null ? this.#isAdmitted(from) : isSameSource(this.#connectedTo, from);
  }

  #isAdmitted(from: RemoteInfo): boolean {
    const destination = this.#destination;
    if (destination === null) return false;
    const isAddress = from.address === destination.address;
    const isAdmitted =
      destination.sourcePolicy === 'any' ||
      (isAddress && (destination.sourcePolicy === 'sameAddress' || from.port === destination.port));
    return isAdmitted && !(this.#former !== null && isSameSource(this.#former, from));
  }

  #latch(from: RemoteInfo): void {
    const destination = this.#destination;
    const isNegotiated = from.address === destination?.address && from.port === destination.port;
    if (isNegotiated || this.#isSettled(from)) this.#connect(from);
  }

  #isSettled(from: RemoteInfo): boolean {
    const count = this.#candidate !== null && isSameSource(this.#candidate, from) ? this.#candidate.packets + 1 : 1;
    this.#candidate = { port: from.port, address: from.address, packets: count };
    return count >= packetsToLatch;
  }

  #connect(to: RemoteInfo): void {
    try {
      this.#socket.connect(to.port, to.address);
      this.#connectedTo = { port: to.port, address: to.address };
      this.#silentMs = 0;
    } catch {
      // Not reachable from here after all (no route): stay as we are, the packet itself is fine.
    }
  }

  #disconnect(): void {
    if (this.#connectedTo === null) return;
    this.#connectedTo = null;
    this.#socket.disconnect();
  }
}
