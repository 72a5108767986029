import { type Clock, drop, type Logger, type Timer } from '../../observability/index.ts';
import type { CallRecordStore, CallTraceStore } from '../../storage/index.ts';

export interface RetentionDeps {
  readonly records: Pick<CallRecordStore, 'anonymise' | 'forget'>;
  readonly traces: Pick<CallTraceStore, 'forget'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Ages in milliseconds since a call was requested; null: never. */
export interface RetentionOptions {
  readonly anonymiseAfterMs: number | null;
  readonly forgetAfterMs: number | null;
  /** SIP messages and figures of the audio. */
  readonly forgetTracesAfterMs: number | null;
}

/** How often it is looked for calls that are too old by now. */
const everyMs = 3_600_000;
/** Calls at a time: records of running calls wait for these and no longer. */
const atATime = 200;
const pauseMs = 250;

/** Has calls forgotten when they are old, and before that who talked with whom. Begins at once, and goes on until it is closed. */
export class Retention {
  readonly #deps: RetentionDeps;
  readonly #options: RetentionOptions;
  #timer: Timer | undefined;
  #work: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(deps: RetentionDeps, options: RetentionOptions) {
    this.#deps = deps;
    this.#options = options;
    if (Object.values(options).some((afterMs) => afterMs !== null)) this.#begin();
  }

  /** Resolves when nothing is under way any more. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#deps.clock.clearTimeout(this.#timer);
    await this.#work;
  }

  #begin(): void {
    if (this.#isClosed) return;
    this.#work = this.#someOfThem();
    drop(this.#work, this.#deps.logger, 'forgetting old calls');
  }

  /** Whatever is left, or goes wrong, is left to the next time. */
  async #someOfThem(): Promise<void> {
    const { records, traces, clock, logger } = this.#deps;
    const { anonymiseAfterMs, forgetAfterMs, forgetTracesAfterMs } = this.#options;
    const nowMs = clock.now();
    let isMoreLeft = false;
    try {
      // Forgotten first: what goes altogether needn't be anonymised.
      const forgotten = forgetAfterMs === null ? 0 : await records.forget(nowMs - forgetAfterMs, atATime);
      const anonymised = anonymiseAfterMs === null ? 0 : await records.anonymise(nowMs - anonymiseAfterMs, atATime);
      const reduced = forgetTracesAfterMs === null ? 0 : await traces.forget(nowMs - forgetTracesAfterMs, atATime);
      isMoreLeft = [forgotten, anonymised, reduced].includes(atATime);
      if (forgotten + anonymised > 0) logger.info({ forgotten, anonymised }, 'Old calls were forgotten or anonymised');
    } catch (error) {
      logger.warn({ error }, 'Old calls could not be forgotten; it is tried again in an hour');
    }
    if (this.#isClosed) return;
    this.#timer = clock.setTimeout(() => this.#begin(), isMoreLeft ? pauseMs : everyMs);
    this.#timer.unref();
  }
}
