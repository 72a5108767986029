/** Lets changes of parts go on beside each other, and a change of everything alone. */
export class ChangeGate {
  readonly #sharing = new Set<Promise<unknown>>();
  /** Settles when the last that wants to be alone is done. */
  #alone: Promise<void> | null = null;

  /** Begins at once unless something is alone, or waits to be. */
  async share<R>(work: () => Promise<R>): Promise<R> {
    while (this.#alone !== null) await this.#alone;
    const working = work();
    this.#sharing.add(working);
    try {
      return await working;
    } finally {
      this.#sharing.delete(working);
    }
  }

  /** Begins when everything that began before is done; what comes later waits. */
  async alone<R>(work: () => Promise<R>): Promise<R> {
    const before = this.#alone;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#alone = promise;
    try {
      await before;
      await Promise.allSettled(this.#sharing);
      return await work();
    } finally {
      if (this.#alone === promise) this.#alone = null;
      resolve();
    }
  }
}
