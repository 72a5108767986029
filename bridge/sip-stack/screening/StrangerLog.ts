import type { Clock, Logger } from '../../observability/index.ts';

/** One line per source and so many milliseconds. */
export const LOG_EVERY_MS = 60_000;
/** Sources told apart; what comes from further ones is summed up. */
export const MAX_SOURCES = 200;

interface StrangerLogDeps {
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
}

/**
 * Tells the operator who knocks, at most a line a minute for each: the first of a source at once, what followed once its minute is
 * over and something comes again from anybody. Its memory is bounded, whatever addresses are made up.
 */
export class StrangerLog {
  readonly #deps: StrangerLogDeps;
  /** Not yet told, by source, in the order of their minutes. */
  readonly #minutes = new Map<string, { readonly endsAtMs: number; count: number }>();
  #unnamed = 0;

  constructor(deps: StrangerLogDeps) {
    this.#deps = deps;
  }

  note(source: string): void {
    const now = this.#deps.clock.now();
    this.#tellEnded(now);
    const minute = this.#minutes.get(source);
    if (minute !== undefined) minute.count += 1;
    else if (this.#minutes.size >= MAX_SOURCES) this.#unnamed += 1;
    else {
      this.#minutes.set(source, { endsAtMs: now + LOG_EVERY_MS, count: 0 });
      this.#deps.logger.warn({ source, requests: 1 }, 'SIP of a stranger was not taken');
    }
  }

  #tellEnded(now: number): void {
    for (const [source, { endsAtMs, count }] of this.#minutes) {
      if (now < endsAtMs) return;
      this.#minutes.delete(source);
      if (count > 0) this.#deps.logger.warn({ source, requests: count }, 'more SIP of a stranger was not taken');
      if (this.#unnamed === 0) continue;
      this.#deps.logger.warn({ requests: this.#unnamed }, 'SIP of many other strangers was not taken');
      this.#unnamed = 0;
    }
  }
}
