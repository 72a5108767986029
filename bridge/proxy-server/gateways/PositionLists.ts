import type { Beginnings } from './Beginnings.ts';
import { PositionList } from './PositionList.ts';
import { PrefixTable } from './PrefixTable.ts';

/** What gateways, by their positions, have at prefixes of numbers, `+` included. */
export class PositionLists<T> {
  readonly #lists = new PrefixTable<PositionList<T>>();

  set(prefix: string, position: number, item: T): void {
    const list = this.#lists.get(prefix) ?? new PositionList<T>(prefix.length);
    list.set(position, item);
    if (list.items.length === 1) this.#lists.set(prefix, list);
  }

  delete(prefix: string, position: number): void {
    const list = this.#lists.get(prefix);
    list?.delete(position);
    if (list?.items.length === 0) this.#lists.delete(prefix);
  }

  /** The lists at prefixes of the number, from the longest to the shortest. */
  of(number: Beginnings): readonly PositionList<T>[] {
    return this.#lists.allFor(number);
  }

  /** How many prefixes there are. */
  get size(): number {
    return this.#lists.size;
  }
}
