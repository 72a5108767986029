import { isIP } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { type Clock, drop, type Logger } from '../../observability/index.ts';
import type { SipDestination, SipPeer } from '../port/index.ts';
import { AddressTable } from './AddressTable.ts';

/** Where a message came from. */
interface Source {
  readonly address: string;
  readonly port: number;
}

interface KnownPeersDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Places of a peer; rejects when there are none. */
  readonly locate: (peer: SipPeer) => Promise<readonly SipDestination[]>;
}

interface Known {
  readonly peer: SipPeer;
  /** One of those that were set; others were called or probed by somebody, e.g. for a test, and may not call us. */
  readonly isSet: boolean;
  /** Where it is or was reached, by address and port, and when that was last found. */
  readonly places: Map<string, { readonly address: string; readonly seenAtMs: number }>;
}

/** A peer whose name moved sends its last calls from where it was. */
const PLACE_LIFE_MS = 3_600_000;
/** Names are looked up again so often, so that calls are known that come from where a name has moved to. */
export const REFRESH_MS = 60_000;

/** Whose requests we take: who sends from this address? */
export class KnownPeers {
  readonly #deps: KnownPeersDeps;
  readonly #known = new Map<string, Known>();
  readonly #byAddress = new Map<string, Set<string>>();
  /** That operators named; places come and go with DNS. */
  #ranges = new AddressTable<string>();
  /** Those that were set last. */
  #wanted: readonly SipPeer[] = [];
  #hasNames = false;
  #provers: readonly SipPeer[] = [];
  #isClosed = false;
  #timer: ReturnType<Clock['setTimeout']> | undefined;

  constructor(deps: KnownPeersDeps) {
    this.#deps = deps;
  }

  /** Replaces all; what was found out about those that stay as they were is kept. */
  set(peers: readonly SipPeer[]): void {
    const before = new Map(this.#known);
    const ranges = new AddressTable<string>();
    this.#known.clear();
    for (const peer of peers) {
      const old = before.get(peer.id);
      const places: Known['places'] = old !== undefined && isReachedAlike(old.peer, peer) ? old.places : new Map();
      this.#known.set(peer.id, { peer, isSet: true, places });
      for (const range of peer.incoming?.addresses ?? []) ranges.add(range, peer.id);
    }
    this.#ranges = ranges;
    this.#hasNames = peers.some(({ addresses, outboundProxy }) =>
      [...addresses, ...(outboundProxy === undefined ? [] : [outboundProxy])].some(({ host }) => isIP(host) === 0),
    );
    this.#provers = peers.filter(({ incoming }) => incoming?.credentials !== undefined);
    this.#index();
    drop(this.#refresh(peers), this.#deps.logger, 'looking gateways up');
  }

  /** The peer was found at these places. */
  note(peer: SipPeer, places: readonly SipDestination[]): void {
    const known = this.#known.get(peer.id) ?? { peer, isSet: false, places: new Map() };
    this.#known.set(peer.id, known);
    const seenAtMs = this.#deps.clock.now();
    for (const { address, port } of places) {
      known.places.set(`${address} ${port}`, { address, seenAtMs });
      this.#indexOne(address, peer.id);
    }
    const old = [...known.places].filter(([, place]) => seenAtMs - place.seenAtMs > PLACE_LIFE_MS);
    for (const [key] of old) known.places.delete(key);
    if (old.length > 0) this.#index();
  }

  forget(peerId: string): void {
    if (this.#known.delete(peerId)) this.#index();
  }

  /** Whether anybody whom we know sends from this IP address. Cheap: it is asked for every message. */
  isAt(address: string): boolean {
    return this.#byAddress.has(address) || this.#ranges.find(address).length > 0;
  }

  /** Whether any of them may call from anywhere, with a password. */
  get takesProofs(): boolean {
    return this.#provers.length > 0;
  }

  /** Whose requests come from there, the likeliest first: reached at that very port, at that address, or with it in their longest range. */
  at(source: Source): readonly SipPeer[] {
    return [...new Set(this.#groupsAt(source).flat())];
  }

  /** Those that may call and are the likeliest to do so from there, by the same order; several are equally likely. */
  callersAt(source: Source): readonly SipPeer[] {
    const callers = this.#groupsAt(source).map((group) => group.filter((peer) => this.#mayCall(peer)));
    return callers.find((group) => group.length > 0) ?? [];
  }

  #mayCall({ id, incoming }: SipPeer): boolean {
    return incoming !== undefined && this.#known.get(id)?.isSet === true;
  }

  #groupsAt({ address, port }: Source): readonly (readonly SipPeer[])[] {
    const toKnown = (id: string) => this.#known.get(id) ?? [];
    const reached = [...(this.#byAddress.get(address) ?? [])].flatMap(toKnown);
    const exact = reached.filter(({ places }) => places.has(`${address} ${port}`));
    const ranged = this.#ranges.find(address).flatMap(toKnown);
    return [exact, reached, ranged].map((group) => group.map(({ peer }) => peer));
  }

  /** Those that may call from anywhere, once they have proved who they are. */
  get provers(): readonly SipPeer[] {
    return this.#provers;
  }

  close(): void {
    this.#isClosed = true;
    this.#deps.clock.clearTimeout(this.#timer);
  }

  /** One after the other where there are many: nobody waits for this. */
  async #refresh(peers: readonly SipPeer[]): Promise<void> {
    this.#deps.clock.clearTimeout(this.#timer);
    this.#wanted = peers;
    for (const peer of peers) {
      if (this.#isClosed || this.#wanted !== peers) return;
      // Nothing to be done about one that can't be found: it is tried again, and probes say so.
      const places = await this.#deps.locate(peer).catch(() => []);
      if (this.#known.get(peer.id)?.peer === peer) this.note(peer, places);
    }
    if (!this.#hasNames || this.#isClosed || this.#wanted !== peers) return;
    this.#timer = this.#deps.clock.setTimeout(
      () => drop(this.#refresh(peers), this.#deps.logger, 'looking gateways up'),
      REFRESH_MS,
    );
    this.#timer.unref();
  }

  #index(): void {
    this.#byAddress.clear();
    for (const [id, { places }] of this.#known) {
      for (const { address } of places.values()) this.#indexOne(address, id);
    }
  }

  #indexOne(address: string, peerId: string): void {
    const ids = this.#byAddress.get(address) ?? new Set();
    this.#byAddress.set(address, ids.add(peerId));
  }
}

function isReachedAlike(one: SipPeer, other: SipPeer): boolean {
  return isDeepStrictEqual([one.addresses, one.outboundProxy], [other.addresses, other.outboundProxy]);
}
