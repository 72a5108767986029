interface Closable {
  close(): void | Promise<void>;
}

/** What was opened, closed in reverse order. */
export class Closers {
  readonly #opened: Closable[] = [];
  #closing: Promise<void> | undefined;

  /** Returns what it was given. */
  add<T extends Closable>(opened: T): T {
    this.#opened.push(opened);
    return opened;
  }

  /** Idempotent. Closes everything although something fails to close; rejects with the first failure then. */
  closeAll(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const opened of this.#opened.toReversed()) {
      try {
        await opened.close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
