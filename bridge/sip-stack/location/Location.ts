import type { Clock } from '../../observability/index.ts';
import type { SipDestination, SipListener, SipPeer } from '../port/index.ts';
import { DnsCache } from './DnsCache.ts';
import { FailedDestinations } from './FailedDestinations.ts';
import { HostAddresses, type SystemLookup } from './HostAddresses.ts';
import { PeerLocator } from './PeerLocator.ts';
import type { SipDns } from './SipDns.ts';

export interface LocationDeps {
  readonly clock: Clock;
  readonly dns: SipDns;
  /** Knows what DNS doesn't, e.g. /etc/hosts. */
  readonly lookup: SystemLookup;
  /** [0, 1); shares the load among SRV records. */
  readonly random: () => number;
  /** Bound by now; what there is no listener for isn't looked for. */
  readonly listeners: () => readonly SipListener[];
}

type Place = Pick<SipDestination, 'transport' | 'address' | 'port'>;

/** Where peers are (RFC 3263), remembered while DNS says that it holds, and which of their places failed lately. */
export class Location {
  readonly #addresses: HostAddresses;
  readonly #failed: FailedDestinations;
  readonly #locator: PeerLocator;

  constructor(deps: LocationDeps) {
    const { clock, dns, lookup, random, listeners } = deps;
    const cache = new DnsCache({ clock });
    this.#addresses = new HostAddresses({ dns, cache, lookup });
    this.#failed = new FailedDestinations(clock);
    this.#locator = new PeerLocator({
      dns,
      cache,
      addresses: this.#addresses,
      failed: this.#failed,
      random,
      listeners,
    });
  }

  /** In the order of trying, at least one. Rejects with a sentence. */
  locate(peer: SipPeer): Promise<readonly SipDestination[]> {
    return this.#locator.locate(peer);
  }

  /** First address of a host name that a message named, IPv4 before IPv6. Rejects with a sentence. */
  async addressOf(host: string): Promise<string> {
    const [first] = await this.#addresses.of(host, [4, 6]);
    if (first === undefined) throw new Error(`the name ${host} has no address`);
    return first;
  }

  /** The place is tried last for 30 s. */
  noteFailure(place: Place): void {
    this.#failed.add(place);
  }

  /** It is as good as the others again. */
  noteAnswer(place: Place): void {
    this.#failed.clear(place);
  }
}
