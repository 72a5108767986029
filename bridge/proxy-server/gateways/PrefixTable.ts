import type { Beginnings } from './Beginnings.ts';

/** One value for each prefix, `+` included. A look-up costs what the prefixes have different lengths. */
export class PrefixTable<T> {
  readonly #values = new Map<string, T>();
  /** Of the prefixes, the longest first. Those of prefixes that are gone stay: they cost a look-up, and seldom go. */
  readonly #lengths: number[] = [];

  get(prefix: string): T | undefined {
    return this.#values.get(prefix);
  }

  set(prefix: string, value: T): void {
    this.#values.set(prefix, value);
    if (this.#lengths.includes(prefix.length)) return;
    this.#lengths.push(prefix.length);
    this.#lengths.sort((a, b) => b - a);
  }

  delete(prefix: string): void {
    this.#values.delete(prefix);
  }

  /** What stands at prefixes that the number begins with, from the longest to the shortest. */
  allFor(number: Beginnings): readonly T[] {
    const found: T[] = [];
    for (const length of this.#lengths) {
      const beginning = number.of(length);
      const value = beginning === undefined ? undefined : this.#values.get(beginning);
      if (value !== undefined) found.push(value);
    }
    return found;
  }

  /** How many prefixes there are. */
  get size(): number {
    return this.#values.size;
  }
}
