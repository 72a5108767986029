import type { Clock } from '../../observability/index.ts';
import type { DnsAnswer } from './SipDns.ts';

/**
 * For SRV and NAPTR, whose time to live node doesn't tell. A minute is as long as the shortest that zones usually have, so what
 * somebody changes there is seen no later than they expect; and one question per gateway and minute costs nothing.
 */
export const UNKNOWN_TTL_MS = 60_000;
/** A zone that says zero would make every call wait for DNS. */
const MIN_TTL_MS = 1000;
const MAX_TTL_MS = 24 * 3_600_000;
/** That a name has no such record is believed for this long. */
export const NEGATIVE_TTL_MS = 30_000;
/** Servers that don't answer are asked again after this time. */
export const FAILURE_TTL_MS = 5000;
/** Who has an old answer waits no longer for the new one; the call can't. */
export const STALE_WAIT_MS = 500;

type Known = { readonly records: readonly unknown[]; untilMs: number } | { readonly error: Error; untilMs: number };

interface DnsCacheDeps {
  readonly clock: Clock;
  /** Names kept; the oldest go first. Default 20 000. */
  readonly maxEntries?: number;
}

/** Answers of DNS while they live, and beyond where no newer one can be had: an old address is better than none (RFC 8767). */
export class DnsCache {
  readonly #clock: Clock;
  readonly #maxEntries: number;
  readonly #known = new Map<string, Known>();
  readonly #asked = new Map<string, Promise<readonly unknown[]>>();

  constructor({ clock, maxEntries = 20_000 }: DnsCacheDeps) {
    this.#clock = clock;
    this.#maxEntries = maxEntries;
  }

  /** From memory, else by `ask`, once for all who want it meanwhile. Rejects as `ask` where nothing at all is known. */
  async get<T>(key: string, ask: () => Promise<DnsAnswer<T>>): Promise<readonly T[]> {
    const known = this.#known.get(key);
    if (known !== undefined && this.#clock.now() < known.untilMs) {
      if ('error' in known) throw known.error;
      return known.records as readonly T[];
    }
    const asked = this.#asked.get(key) ?? this.#ask(key, ask);
    const isUseful = known !== undefined && 'records' in known && known.records.length > 0;
    return (await (isUseful ? this.#withinPatience(asked, known.records) : asked)) as readonly T[];
  }

  #ask<T>(key: string, ask: () => Promise<DnsAnswer<T>>): Promise<readonly unknown[]> {
    const asked = ask()
      .then(
        ({ records, ttlMs }) => {
          const lifeMs = Math.min(Math.max(ttlMs ?? UNKNOWN_TTL_MS, MIN_TTL_MS), MAX_TTL_MS);
          this.#keep(key, { records, untilMs: this.#clock.now() + (records.length === 0 ? NEGATIVE_TTL_MS : lifeMs) });
          return records;
        },
        (error: Error) => this.#failed(key, error),
      )
      .finally(() => this.#asked.delete(key));
    this.#asked.set(key, asked);
    return asked;
  }

  #failed(key: string, error: Error): readonly unknown[] {
    const known = this.#known.get(key);
    const untilMs = this.#clock.now() + FAILURE_TTL_MS;
    if (known === undefined || 'error' in known || known.records.length === 0) {
      this.#keep(key, { error, untilMs });
      throw error;
    }
    known.untilMs = untilMs;
    return known.records;
  }

  #withinPatience(asked: Promise<readonly unknown[]>, old: readonly unknown[]): Promise<readonly unknown[]> {
    return new Promise((resolve, reject) => {
      const timer = this.#clock.setTimeout(() => resolve(old), STALE_WAIT_MS);
      timer.unref();
      asked.then(resolve, reject).finally(() => this.#clock.clearTimeout(timer));
    });
  }

  #keep(key: string, known: Known): void {
    this.#known.delete(key);
    this.#known.set(key, known);
    if (this.#known.size <= this.#maxEntries) return;
    for (const oldest of this.#known.keys()) {
      this.#known.delete(oldest);
      break;
    }
  }
}
