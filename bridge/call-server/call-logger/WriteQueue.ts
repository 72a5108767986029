import type { Clock, Logger } from '../../observability/index.ts';

/** A write that nobody waits for. */
export interface QueuedWrite {
  readonly perform: () => Promise<unknown>;
  /** May be left out when too much waits; an event is, the opening and closing of a call are not. */
  readonly isDroppable: boolean;
  /** Waits `urgentLingerMs` at most; what was pushed before it goes with it. */
  readonly isUrgent?: boolean;
  /** Runs once the write was performed. */
  readonly onPerformed?: () => void;
  /** Runs once nothing more comes of it: it was performed (after `onPerformed`), given up or left out. */
  readonly onSettled?: () => void;
}

export interface WriteQueueDeps {
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface WriteQueueOptions {
  /** What is written, for the log: `call records`. */
  readonly name: string;
  /** How long a write that isn't urgent waits for others, so that they share a transaction. Default 0. */
  readonly lingerMs?: number;
  /** The same for one that is urgent, at most `lingerMs`. Default 0. */
  readonly urgentLingerMs?: number;
  /** Writes that may wait; beyond it droppable ones are left out, and at twice as many all. Default 20000. */
  readonly mostWaiting?: number;
  /** Whether trying the same again can help after this error. Default: always. */
  readonly canRetry?: (error: unknown) => boolean;
}

interface Pause {
  readonly end: () => void;
}

interface Waiting extends QueuedWrite {
  attempts: number;
}

/** Handed over together, so that the store can join them. */
const mostAtOnce = 500;
const mostAttempts = 8;
const firstPauseMs = 250;
const longestPauseMs = 10_000;

/**
 * Performs writes in the order in which they were pushed, off the path of who pushes. What fails is tried again a few times,
 * with growing pauses, before anything later; then it is given up with a line in the log.
 */
export class WriteQueue {
  readonly #deps: WriteQueueDeps;
  readonly #options: WriteQueueOptions;
  #waiting: Waiting[] = [];
  #pumping: Promise<void> | undefined;
  /** Between two tries. */
  #pause: Pause | undefined;
  /** Before a try, for others to come along; `hurry` shortens it to what an urgent write may wait. */
  #linger: (Pause & { readonly hurry: () => void }) | undefined;
  #isFlushing = false;
  #dropped = 0;
  /** Why the last try failed; null: it didn't. */
  #trouble: string | null = null;
  #isClosing = false;

  constructor(deps: WriteQueueDeps, options: WriteQueueOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  /** Why nothing gets written at the moment, in the words of the storage; null: all is well. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** Never throws. */
  push(write: QueuedWrite): void {
    const most = this.#options.mostWaiting ?? 20_000;
    if (this.#waiting.length >= (write.isDroppable ? most : 2 * most)) {
      if (this.#dropped === 0)
        this.#deps.logger.error(
          { waiting: this.#waiting.length },
          `Too many ${this.#options.name} wait to be written; leaving some out`,
        );
      this.#dropped += 1;
      this.#tell(write.onSettled);
      return;
    }
    this.#waiting.push({ ...write, attempts: 0 });
    if (write.isUrgent) this.#linger?.hurry();
    this.#pumping ??= this.#pump();
  }

  /** Resolves when nothing waits any more: everything was written, or given up. */
  async flush(): Promise<void> {
    this.#isFlushing = true;
    this.#linger?.end();
    await this.#pumping;
    this.#isFlushing = false;
  }

  /** As `flush`, with one last try for what fails and no more pauses. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#pause?.end();
    await this.flush();
  }

  async #pump(): Promise<void> {
    // Waits for a microtask at least, so that what is pushed in the same turn goes together.
    await this.#lingerAWhile();
    while (this.#waiting.length > 0) {
      const failed = await this.#perform(this.#waiting.splice(0, mostAtOnce));
      if (failed.length > 0) {
        this.#waiting.unshift(...failed);
        await this.#rest(failed[0]?.attempts ?? 1);
      } else if (this.#mayLinger()) {
        await this.#lingerAWhile();
      }
    }
    this.#pumping = undefined;
    if (this.#dropped > 0) {
      this.#deps.logger.error(
        { dropped: this.#dropped },
        `Some ${this.#options.name} were left out because too many waited`,
      );
      this.#dropped = 0;
    }
  }

  #mayLinger(): boolean {
    const count = this.#waiting.length;
    return count > 0 && count < mostAtOnce;
  }

  /** Answers what should be tried again. */
  async #perform(writes: readonly Waiting[]): Promise<readonly Waiting[]> {
    const results = await Promise.allSettled(writes.map(async ({ perform }) => perform()));
    const again: Waiting[] = [];
    const errors: unknown[] = [];
    let isWritten = false;
    let givenUp = 0;
    for (const [index, result] of results.entries()) {
      const write = writes[index];
      if (write === undefined) continue;
      if (result.status === 'fulfilled') {
        isWritten = true;
        this.#tell(write.onPerformed);
        this.#tell(write.onSettled);
        continue;
      }
      errors.push(result.reason);
      write.attempts += 1;
      if (this.#isWorthwhile(write, result.reason)) again.push(write);
      else {
        givenUp += 1;
        this.#tell(write.onSettled);
      }
    }
    if (again.length > 0) this.#trouble = messageOf(errors[0]);
    else if (isWritten) this.#trouble = null;
    this.#report(errors[0], givenUp, again.length);
    return again;
  }

  #isWorthwhile(write: Waiting, error: unknown): boolean {
    const isLastTry = this.#isClosing ? write.attempts > 1 : write.attempts >= mostAttempts;
    return !isLastTry && (this.#options.canRetry?.(error) ?? true);
  }

  #tell(listener: (() => void) | undefined): void {
    try {
      listener?.();
    } catch (error) {
      this.#deps.logger.error({ error }, `Failed: telling what became of ${this.#options.name}`);
    }
  }

  #report(error: unknown, givenUp: number, again: number): void {
    const { name } = this.#options;
    if (givenUp > 0) this.#deps.logger.error({ error, count: givenUp }, `Gave up writing ${name}`);
    if (again > 0) this.#deps.logger.warn({ error, count: again }, `Could not write ${name}; trying again`);
  }

  async #rest(attempts: number): Promise<void> {
    if (this.#isClosing) return;
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempts - 1));
    await new Promise<void>((resolve) => {
      const end = () => {
        this.#deps.clock.clearTimeout(timer);
        this.#pause = undefined;
        resolve();
      };
      const timer = this.#deps.clock.setTimeout(end, pauseMs);
      this.#pause = { end };
    });
  }

  async #lingerAWhile(): Promise<void> {
    const { lingerMs = 0, urgentLingerMs = 0 } = this.#options;
    if (lingerMs === 0 || this.#isFlushing || this.#isClosing) return;
    const isUrgent = this.#waiting.some((write) => write.isUrgent);
    if (isUrgent && urgentLingerMs === 0) return;
    await new Promise<void>((resolve) => {
      const { clock } = this.#deps;
      const end = () => {
        clock.clearTimeout(timer);
        this.#linger = undefined;
        resolve();
      };
      let isHurried = isUrgent;
      let timer = clock.setTimeout(end, isUrgent ? urgentLingerMs : lingerMs);
      const hurry = () => {
        if (isHurried) return;
        isHurried = true;
        clock.clearTimeout(timer);
        timer = clock.setTimeout(end, urgentLingerMs);
      };
      this.#linger = { end, hurry };
    });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
