/** Prefixes of E.164 numbers, `+` included. A look-up costs what there are different lengths, however many prefixes there are. */
export class PrefixSet {
  readonly #prefixes: ReadonlySet<string>;
  /** Longest first. */
  readonly #lengths: readonly number[];

  constructor(prefixes: Iterable<string>) {
    this.#prefixes = new Set(prefixes);
    this.#lengths = [...new Set([...this.#prefixes].map(({ length }) => length))].sort((a, b) => b - a);
  }

  /** The longest of them that the number begins with. */
  longestOf(e164: string): string | undefined {
    for (const length of this.#lengths) {
      const prefix = e164.slice(0, length);
      if (prefix.length === length && this.#prefixes.has(prefix)) return prefix;
    }
    return undefined;
  }

  [Symbol.iterator](): Iterator<string> {
    return this.#prefixes[Symbol.iterator]();
  }
}
