import type { Beginnings } from './Beginnings.ts';
import { PrefixTable } from './PrefixTable.ts';

/** What is kept by prefixes of numbers, `+` included: any number of items for each. */
export class PrefixLists<T> {
  readonly #lists = new PrefixTable<T[]>();

  add(prefix: string, item: T): void {
    const list = this.#lists.get(prefix);
    if (list) list.push(item);
    else this.#lists.set(prefix, [item]);
  }

  /** Takes away what `isGone` is true of. */
  clear(prefix: string, isGone: (item: T) => boolean): void {
    const kept = this.#lists.get(prefix)?.filter((item) => !isGone(item)) ?? [];
    if (kept.length > 0) this.#lists.set(prefix, kept);
    else this.#lists.delete(prefix);
  }

  /** The lists at prefixes of the number, from the longest to the shortest. */
  of(number: Beginnings): readonly (readonly T[])[] {
    return this.#lists.allFor(number);
  }

  /** How many prefixes there are. */
  get size(): number {
    return this.#lists.size;
  }
}
