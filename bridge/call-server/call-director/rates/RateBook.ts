import type { Rate } from '../../../../shared/admin/index.ts';
import type { Clock, Logger } from '../../../observability/index.ts';
import { type Collection, CollectionMirror } from '../../../storage/index.ts';
import { PrefixSet } from '../numbers/PrefixSet.ts';

export interface RateBookDeps {
  readonly rates: Pick<Collection<Rate>, 'list'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What calls cost, in memory: the rate of the longest prefix counts. */
export class RateBook {
  #mirror: CollectionMirror<Rate> | undefined;
  #prefixes = new PrefixSet([]);

  /** Reads the rates; rejects when they can't be read. */
  static async create({ rates, ...deps }: RateBookDeps): Promise<RateBook> {
    const book = new RateBook();
    book.#mirror = await CollectionMirror.create({
      ...deps,
      collection: rates,
      name: 'the rates',
      onRead: (read) => {
        book.#prefixes = new PrefixSet(read.map(({ id }) => id));
      },
    });
    return book;
  }

  private constructor() {}

  /** Undefined where there is none for the number (E.164). */
  rateOf(e164: string): Rate | undefined {
    const prefix = this.#prefixes.longestOf(e164);
    return prefix === undefined ? undefined : this.#mirror?.get(prefix);
  }

  /** At once, after a change of one's own. */
  async reload(): Promise<void> {
    await this.#mirror?.reload();
  }

  close(): void {
    this.#mirror?.close();
  }
}
