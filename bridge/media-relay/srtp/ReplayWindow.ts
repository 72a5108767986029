/** How far back packets may come late. At least 64 (RFC 3711 section 3.3.2). */
export const replayWindowSize = 128;

/** Which of the last indices were seen (RFC 3711 section 3.3.2). */
export class ReplayWindow {
  #highest = -1;
  readonly #seen = new Uint8Array(replayWindowSize);

  /** The highest index that was seen; -1 before the first. */
  get highest(): number {
    return this.#highest;
  }

  /** False for what was seen and for what is too old to tell. */
  admits(index: number): boolean {
    if (index > this.#highest) return true;
    if (this.#highest - index >= replayWindowSize) return false;
    return this.#seen[index % replayWindowSize] === 0;
  }

  /** Call it for authentic packets only. */
  note(index: number): void {
    if (index > this.#highest) {
      const from = Math.max(this.#highest + 1, index - replayWindowSize + 1);
      for (let passed = from; passed < index; passed += 1) this.#seen[passed % replayWindowSize] = 0;
      this.#highest = index;
    }
    this.#seen[index % replayWindowSize] = 1;
  }
}
