import type { DnsAnswer, NaptrRecord, SipDns, SrvRecord } from '../SipDns.ts';

interface Zone {
  naptr?: Record<string, readonly NaptrRecord[]>;
  srv?: Record<string, readonly SrvRecord[]>;
  a?: Record<string, readonly string[]>;
  aaaa?: Record<string, readonly string[]>;
}

/** DNS whose answers the test writes down. */
export class FakeDns implements SipDns {
  zone: Zone;
  /** Of A and AAAA records. */
  ttlMs = 300_000;
  isDown = false;
  /** Answers wait for `release()`. */
  isSlow = false;
  readonly asked: string[] = [];
  #held: (() => void)[] = [];

  constructor(zone: Zone = {}) {
    this.zone = zone;
  }

  release(): void {
    const held = this.#held;
    this.#held = [];
    for (const go of held) go();
  }

  naptr(name: string): Promise<DnsAnswer<NaptrRecord>> {
    return this.#answer(`NAPTR ${name}`, () => ({ records: this.zone.naptr?.[name] ?? [], ttlMs: null }));
  }

  srv(name: string): Promise<DnsAnswer<SrvRecord>> {
    return this.#answer(`SRV ${name}`, () => ({ records: this.zone.srv?.[name] ?? [], ttlMs: null }));
  }

  a(name: string): Promise<DnsAnswer<string>> {
    return this.#answer(`A ${name}`, () => ({ records: this.zone.a?.[name] ?? [], ttlMs: this.ttlMs }));
  }

  aaaa(name: string): Promise<DnsAnswer<string>> {
    return this.#answer(`AAAA ${name}`, () => ({ records: this.zone.aaaa?.[name] ?? [], ttlMs: this.ttlMs }));
  }

  async #answer<T>(question: string, read: () => DnsAnswer<T>): Promise<DnsAnswer<T>> {
    this.asked.push(question);
    if (this.isSlow) await new Promise<void>((resolve) => this.#held.push(resolve));
    if (this.isDown) throw new Error('ETIMEOUT');
    return read();
  }
}
