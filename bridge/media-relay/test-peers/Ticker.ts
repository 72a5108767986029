/** Calls `task` with 0, 1, 2, ... every 20 ms, as audio is sent. */
export class Ticker {
  #timer: NodeJS.Timeout | null = null;
  #count = 0;

  start(task: (index: number) => void): void {
    this.stop();
    this.#timer = setInterval(() => {
      task(this.#count);
      this.#count += 1;
    }, 20);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}
