import { isIP } from 'node:net';
import type { DnsCache } from './DnsCache.ts';
import type { DnsAnswer, SipDns } from './SipDns.ts';

/** All addresses that the system knows for a name; `node:dns/promises` lookup. Rejects when there is none. */
export type SystemLookup = (
  host: string,
  options: { readonly all: true },
) => Promise<readonly { readonly address: string; readonly family: number }[]>;

interface HostAddressesDeps {
  readonly dns: SipDns;
  readonly cache: DnsCache;
  readonly lookup: SystemLookup;
}

/** The system doesn't tell how long its answer lasts. */
const SYSTEM_TTL_MS = 60_000;

/** IP addresses of host names: by DNS, else as the system knows them (/etc/hosts and the like). */
export class HostAddresses {
  readonly #deps: HostAddressesDeps;

  constructor(deps: HostAddressesDeps) {
    this.#deps = deps;
  }

  /** Addresses of these families, family by family. Rejects with a sentence when there is none of any family. */
  async of(host: string, families: readonly (4 | 6)[]): Promise<readonly string[]> {
    if (isIP(host) !== 0) return families.includes(familyOf(host)) ? [host] : [];
    // RFC 6761: localhost is no matter of DNS; and names without a dot are of this machine or network.
    const ways =
      host.includes('.') && !isLocalhost(host) ? [this.#byDns, this.#bySystem] : [this.#bySystem, this.#byDns];
    let failure: Error | null = null;
    for (const way of ways) {
      try {
        const found = await way(host);
        if (found.length > 0) return families.flatMap((family) => found.filter((item) => familyOf(item) === family));
      } catch (error) {
        failure ??= error as Error;
      }
    }
    throw new Error(failure === null ? `the name ${host} has no address` : `the name ${host} could not be looked up`, {
      cause: failure,
    });
  }

  readonly #byDns = async (host: string): Promise<readonly string[]> => {
    const { cache, dns } = this.#deps;
    const both = await Promise.allSettled([
      cache.get(`A ${host}`, () => dns.a(host)),
      cache.get(`AAAA ${host}`, () => dns.aaaa(host)),
    ]);
    const found = both.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    const failed = both.find((answer) => answer.status === 'rejected');
    if (found.length === 0 && failed !== undefined) throw failed.reason;
    return found;
  };

  readonly #bySystem = (host: string): Promise<readonly string[]> =>
    this.#deps.cache.get(`system ${host}`, () => this.#askSystem(host));

  /** getaddrinfo can't say whether there is no such name or nobody to ask: both count as nothing. */
  async #askSystem(host: string): Promise<DnsAnswer<string>> {
    try {
      const found = await this.#deps.lookup(host, { all: true });
      return { records: found.map(({ address }) => address), ttlMs: SYSTEM_TTL_MS };
    } catch {
      return { records: [], ttlMs: null };
    }
  }
}

export function familyOf(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4;
}

export function isLocalhost(host: string): boolean {
  return /^(?:.+\.)?localhost\.?$/i.test(host);
}
