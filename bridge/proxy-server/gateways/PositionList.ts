/**
 * What stands at one prefix, by the gateways' positions: small whole numbers, side by side. To find one among eight hundred looks at
 * ten of them, and at no gateway: those are all over the memory.
 */
export class PositionList<T> {
  /** Of the prefix. */
  readonly prefixLength: number;
  /** Ascending. */
  readonly #positions: number[] = [];
  readonly #items: T[] = [];

  constructor(prefixLength: number) {
    this.prefixLength = prefixLength;
  }

  /** By position. */
  get items(): readonly T[] {
    return this.#items;
  }

  get(position: number): T | undefined {
    const place = this.#placeOf(position);
    return this.#positions[place] === position ? this.#items[place] : undefined;
  }

  has(position: number): boolean {
    return this.#positions[this.#placeOf(position)] === position;
  }

  /** Replaces what was there. */
  set(position: number, item: T): void {
    const place = this.#placeOf(position);
    const isThere = this.#positions[place] === position;
    this.#positions.splice(place, isThere ? 1 : 0, position);
    this.#items.splice(place, isThere ? 1 : 0, item);
  }

  delete(position: number): void {
    const place = this.#placeOf(position);
    if (this.#positions[place] !== position) return;
    this.#positions.splice(place, 1);
    this.#items.splice(place, 1);
  }

  /** Of the first one that is not below. */
  #placeOf(position: number): number {
    const positions = this.#positions;
    let low = 0;
    let high = positions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((positions[middle] ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
