import type { NumberEntry } from '../../../../shared/admin/index.ts';
import { OpeningHours, type ZoneClocks } from '../../../calendar/index.ts';
import type { Clock, Logger } from '../../../observability/index.ts';
import { type Collection, CollectionMirror } from '../../../storage/index.ts';

export interface NumberBookDeps {
  readonly numbers: Pick<Collection<NumberEntry>, 'list'>;
  readonly clocks: ZoneClocks;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The numbers of ours that people call, in memory. */
export class NumberBook {
  readonly #mirror: CollectionMirror<NumberEntry>;
  readonly #deps: NumberBookDeps;
  /** Made once for each version of a number. */
  readonly #hours = new WeakMap<NumberEntry, OpeningHours>();

  /** Rejects when they can't be read. */
  static async create(deps: NumberBookDeps): Promise<NumberBook> {
    const { numbers, clock, logger } = deps;
    const mirror = await CollectionMirror.create({ collection: numbers, clock, logger, name: 'the numbers' });
    return new NumberBook(deps, mirror);
  }

  private constructor(deps: NumberBookDeps, mirror: CollectionMirror<NumberEntry>) {
    this.#deps = deps;
    this.#mirror = mirror;
  }

  /** The first of these that is a number of ours, and not switched off. */
  find(candidates: readonly string[]): NumberEntry | undefined {
    for (const candidate of candidates) {
      const entry = this.#mirror.get(candidate);
      if (entry?.isEnabled) return entry;
    }
    return undefined;
  }

  /** Whether it is a number of ours, switched off or not. */
  has(number: string): boolean {
    return this.#mirror.get(number) !== undefined;
  }

  isOpen(entry: NumberEntry): boolean {
    if (entry.hours === null) return true;
    const hours = this.#hours.get(entry) ?? new OpeningHours(entry.hours, this.#deps.clocks);
    this.#hours.set(entry, hours);
    return hours.isOpen(this.#deps.clock.now());
  }

  /** After numbers were edited here. */
  reload(): Promise<void> {
    return this.#mirror.reload();
  }

  /** Ends the reading. Idempotent. */
  close(): void {
    this.#mirror.close();
  }
}
