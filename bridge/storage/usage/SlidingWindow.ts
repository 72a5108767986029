/** Times of what happened within the last minute. Costs nothing for what is older. */
export class SlidingWindow {
  static readonly lengthMs = 60_000;
  /** Ascending; those before `#begin` are out. */
  #times: number[] = [];
  #begin = 0;

  add(atMs: number): void {
    let index = this.#times.length;
    // Only a clock that was set back makes an earlier time come later.
    while (index > this.#begin && (this.#times[index - 1] ?? 0) > atMs) index -= 1;
    this.#times.splice(index, 0, atMs);
  }

  /**
   * How many share some window of 60,000 ms with this moment. What is later counts as well, but not what is later by a minute or
   * more: after a clock was set back by an hour, nobody shall wait for an hour.
   */
  count(atMs: number): number {
    this.#forget(atMs);
    return this.#firstOutAfter(atMs) - this.#begin;
  }

  /** When fewer than `allowed` are left in the window. Null: never. */
  freeAtMs(allowed: number, atMs: number): number | null {
    if (allowed < 1) return null;
    const over = this.count(atMs) - allowed;
    return over < 0 ? atMs : (this.#times[this.#begin + over] ?? atMs) + SlidingWindow.lengthMs;
  }

  #forget(atMs: number): void {
    while (this.#begin < this.#times.length && (this.#times[this.#begin] ?? 0) <= atMs - SlidingWindow.lengthMs) {
      this.#begin += 1;
    }
    // Seldom, so that each time is moved once on average.
    if (this.#begin < 32 || this.#begin * 2 < this.#times.length) return;
    this.#times = this.#times.slice(this.#begin);
    this.#begin = 0;
  }

  #firstOutAfter(atMs: number): number {
    let index = this.#times.length;
    while (index > this.#begin && (this.#times[index - 1] ?? 0) >= atMs + SlidingWindow.lengthMs) index -= 1;
    return index;
  }
}
