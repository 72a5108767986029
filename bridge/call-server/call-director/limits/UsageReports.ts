import type { CallId } from '../../../../shared/domain/index.ts';
import type { Clock, Logger, Timer } from '../../../observability/index.ts';

export interface UsageReportsDeps {
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How long is waited before the store is told again what it couldn't take, in milliseconds. */
const retryMs = 1000;

/**
 * Tells the usage store what becomes of calls, in order for each call. What it can't take is told again until it does: a place
 * that is not given back would be lost to everybody.
 */
export class UsageReports {
  readonly #deps: UsageReportsDeps;
  readonly #last = new Map<CallId, Promise<void>>();
  readonly #waiting = new Map<Timer, () => void>();
  #isClosed = false;

  constructor(deps: UsageReportsDeps) {
    this.#deps = deps;
  }

  /** Returns at once; resolves when the store has taken it, or at the close. Never rejects. */
  send(callId: CallId, report: () => Promise<void>): Promise<void> {
    const sent = (this.#last.get(callId) ?? Promise.resolve()).then(() => this.#sendUntilTaken(report));
    this.#last.set(callId, sent);
    return sent.then(() => {
      if (this.#last.get(callId) === sent) this.#last.delete(callId);
    });
  }

  /** Tells once more, without pauses, what was not taken yet. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const [timer, goOn] of this.#waiting) {
      this.#deps.clock.clearTimeout(timer);
      goOn();
    }
    this.#waiting.clear();
    await Promise.all(this.#last.values());
  }

  async #sendUntilTaken(report: () => Promise<void>): Promise<void> {
    for (let isFirst = true; ; isFirst = false) {
      const isLast = this.#isClosed;
      try {
        await report();
        return;
      } catch (error) {
        if (isFirst || isLast) this.#deps.logger.warn({ error, isLast }, 'The use of a limit could not be stored');
        if (isLast) return;
      }
      await this.#pause();
    }
  }

  #pause(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = this.#deps.clock.setTimeout(() => {
        this.#waiting.delete(timer);
        resolve();
      }, retryMs);
      this.#waiting.set(timer, resolve);
    });
  }
}
