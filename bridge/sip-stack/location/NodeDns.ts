import { Resolver } from 'node:dns/promises';
import type { DnsAnswer, NaptrRecord, SipDns, SrvRecord } from './SipDns.ts';

const TIMEOUT_MS = 1500;
const TRIES = 2;
/** The name doesn't exist, or has no record of this kind. */
const NOTHING_THERE = new Set(['ENOTFOUND', 'ENODATA']);

/** DNS by node's own resolver, which tells no time to live for SRV and NAPTR records. */
export class NodeDns implements SipDns {
  readonly #resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });

  /** `servers` as IP address with or without port; none: the system's. @throws TypeError for anything else */
  constructor(servers: readonly string[] = []) {
    if (servers.length > 0) this.#resolver.setServers([...servers]);
  }

  naptr(name: string): Promise<DnsAnswer<NaptrRecord>> {
    return answered(this.#resolver.resolveNaptr(name).then(withoutTtl));
  }

  srv(name: string): Promise<DnsAnswer<SrvRecord>> {
    return answered(this.#resolver.resolveSrv(name).then(withoutTtl));
  }

  a(name: string): Promise<DnsAnswer<string>> {
    return answered(this.#resolver.resolve4(name, { ttl: true }).then(withTtl));
  }

  aaaa(name: string): Promise<DnsAnswer<string>> {
    return answered(this.#resolver.resolve6(name, { ttl: true }).then(withTtl));
  }
}

function withoutTtl<T>(records: readonly T[]): DnsAnswer<T> {
  return { records, ttlMs: null };
}

/** Of several records the shortest life counts. */
function withTtl(records: readonly { readonly address: string; readonly ttl: number }[]): DnsAnswer<string> {
  const ttlMs = Math.min(...records.map(({ ttl }) => ttl)) * 1000;
  return { records: records.map(({ address }) => address), ttlMs: records.length === 0 ? null : ttlMs };
}

async function answered<T>(asked: Promise<DnsAnswer<T>>): Promise<DnsAnswer<T>> {
  try {
    return await asked;
  } catch (error) {
    if (NOTHING_THERE.has((error as NodeJS.ErrnoException).code ?? '')) return { records: [], ttlMs: null };
    throw error;
  }
}
