export interface AudioWatchDeps {
  readonly nowMs: () => number;
  /** How long nothing may come. */
  readonly silenceAfterMs: number;
  readonly onStopped: () => void;
  readonly onResumed: () => void;
}

/** Notices when audio that should come from one side doesn't, and when it comes again. */
export class AudioWatch {
  readonly #deps: AudioWatchDeps;
  #round: number | null = null;
  #sinceMs = 0;
  #isStopped = false;
  /** Whoever was told that it stopped is told that it came again, also after another beginning. */
  #isTold = false;

  constructor(deps: AudioWatchDeps) {
    this.#deps = deps;
  }

  /** Audio is expected from now on; another round begins anew. null: it isn't, e.g. on hold. */
  expect(round: number | null): void {
    if (round === this.#round) return;
    this.#round = round;
    this.#sinceMs = this.#deps.nowMs();
    this.#isStopped = false;
  }

  heard(): void {
    this.#sinceMs = this.#deps.nowMs();
    this.#isStopped = false;
    if (!this.#isTold) return;
    this.#isTold = false;
    this.#deps.onResumed();
  }

  /** Call it a few times a second. */
  tick(): void {
    if (this.#round === null || this.#isStopped) return;
    if (this.#deps.nowMs() - this.#sinceMs < this.#deps.silenceAfterMs) return;
    this.#isStopped = true;
    this.#isTold = true;
    this.#deps.onStopped();
  }
}
