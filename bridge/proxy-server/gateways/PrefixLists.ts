/** What is kept by prefixes of numbers, `+` included. A look-up costs what the number has digits, however many prefixes there are. */
export class PrefixLists<T> {
  readonly #lists = new Map<string, T[]>();

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

  /** What stands at prefixes of the number, from the shortest to the longest. */
  of(number: string): readonly PrefixList<T>[] {
    const found: PrefixList<T>[] = [];
    for (let length = 1; length <= number.length; length += 1) {
      const items = this.#lists.get(number.slice(0, length));
      if (items) found.push({ length, items });
    }
    return found;
  }

  /** How many prefixes there are. */
  get size(): number {
    return this.#lists.size;
  }
}

export interface PrefixList<T> {
  /** Of the prefix. */
  readonly length: number;
  readonly items: readonly T[];
}
