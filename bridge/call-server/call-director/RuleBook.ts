import type { Rule } from '../../../shared/admin/index.ts';
import type { Clock, Logger, Timer } from '../../observability/index.ts';
import type { Collection } from '../../storage/index.ts';
import { type OrderedRule, orderRules } from './matchRule.ts';

export interface RuleBookDeps {
  readonly rules: Pick<Collection<Rule>, 'list'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How old the rules in memory may get, in milliseconds; a change made by another process counts after that. Default 1000. */
  readonly reloadIntervalMs?: number;
}

/**
 * The rules in memory, in order, so that a decision waits for nothing. They are read again at an interval, and at once by
 * `reload` after a change. While the store can't be read the last known rules hold, and a warning says so once.
 */
export class RuleBook {
  readonly #deps: RuleBookDeps;
  #ordered: readonly OrderedRule[] = [];
  #timer: Timer | undefined;
  #isFailing = false;
  #isClosed = false;

  /** Reads the rules; rejects when they can't be read. */
  static async create(deps: RuleBookDeps): Promise<RuleBook> {
    const book = new RuleBook(deps);
    await book.reload();
    book.#schedule();
    return book;
  }

  private constructor(deps: RuleBookDeps) {
    this.#deps = deps;
  }

  get ordered(): readonly OrderedRule[] {
    return this.#ordered;
  }

  async reload(): Promise<void> {
    this.#ordered = orderRules(await this.#deps.rules.list());
  }

  close(): void {
    this.#isClosed = true;
    this.#deps.clock.clearTimeout(this.#timer);
  }

  #schedule(): void {
    if (this.#isClosed) return;
    this.#timer = this.#deps.clock.setTimeout(
      () => void this.#reloadAndSchedule(),
      this.#deps.reloadIntervalMs ?? 1000,
    );
    this.#timer.unref();
  }

  async #reloadAndSchedule(): Promise<void> {
    try {
      await this.reload();
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) this.#deps.logger.warn({ error }, 'The rules cannot be read; the last known ones hold');
      this.#isFailing = true;
    }
    this.#schedule();
  }
}
