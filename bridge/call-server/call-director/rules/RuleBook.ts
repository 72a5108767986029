import type { Rule } from '../../../../shared/admin/index.ts';
import type { ZoneClocks } from '../../../calendar/index.ts';
import type { Clock, Logger } from '../../../observability/index.ts';
import { type Collection, CollectionMirror } from '../../../storage/index.ts';
import { type CompiledRule, compileRules } from './CompiledRule.ts';
import { RuleIndex } from './RuleIndex.ts';

export interface RuleBookDeps {
  readonly rules: Pick<Collection<Rule>, 'list'>;
  readonly clocks: ZoneClocks;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How old the rules in memory may get, in milliseconds; a change made by another process counts after that. Default 1000. */
  readonly reloadIntervalMs?: number;
}

/** The rules in memory, in order and with their index, so that a decision waits for nothing. */
export class RuleBook {
  readonly #clocks: ZoneClocks;
  #mirror: CollectionMirror<Rule> | undefined;
  #ordered: readonly CompiledRule[] = [];
  #index = new RuleIndex([]);

  /** Reads the rules; rejects when they can't be read. */
  static async create({ rules, clocks, reloadIntervalMs, ...deps }: RuleBookDeps): Promise<RuleBook> {
    const book = new RuleBook(clocks);
    book.#mirror = await CollectionMirror.create({
      ...deps,
      collection: rules,
      name: 'the rules',
      ...(reloadIntervalMs !== undefined && { intervalMs: reloadIntervalMs }),
      onRead: (read) => book.#take(read),
    });
    return book;
  }

  private constructor(clocks: ZoneClocks) {
    this.#clocks = clocks;
  }

  /** All of them. */
  get ordered(): readonly CompiledRule[] {
    return this.#ordered;
  }

  get index(): RuleIndex {
    return this.#index;
  }

  /** At once, after a change of one's own. */
  async reload(): Promise<void> {
    await this.#mirror?.reload();
  }

  close(): void {
    this.#mirror?.close();
  }

  #take(rules: readonly Rule[]): void {
    this.#ordered = compileRules(rules, this.#clocks, this.#ordered);
    this.#index = new RuleIndex(this.#ordered);
  }
}
