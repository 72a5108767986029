/** The most memory that the process had since the last look, in MiB: the resident set, with that of its threads. */
export class MemoryWatch {
  #most = 0;
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#timer = setInterval(() => this.#look(), 100).unref();
  }

  take(): number {
    this.#look();
    const most = this.#most;
    this.#most = 0;
    return Math.round(most / 2 ** 20);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    this.#most = Math.max(this.#most, process.memoryUsage.rss());
  }
}
