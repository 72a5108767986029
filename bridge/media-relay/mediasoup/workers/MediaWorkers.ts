import { MediaError } from '../../port/index.ts';
import type { MediaLogger } from '../MediaLogger.ts';
import { chooseWorker } from './chooseWorker.ts';
import { MediaWorker, type MediaWorkerOptions } from './MediaWorker.ts';

/** Waiting time before another attempt to replace a worker, growing to the last one. */
const restartDelaysMs = [0, 250, 1000, 5000] as const;

export interface MediaWorkersDeps {
  readonly logger: MediaLogger;
  /** Runs `task` after so many milliseconds; returns a function that calls it off. */
  readonly schedule: (task: () => void, delayMs: number) => () => void;
}

/** The mediasoup workers of this process: replaces those that die and chooses one for each call. */
export class MediaWorkers {
  readonly #deps: MediaWorkersDeps;
  readonly #options: readonly MediaWorkerOptions[];
  readonly #workers: (MediaWorker | null)[];
  readonly #restarts = new Map<number, () => void>();
  readonly #starting = new Set<Promise<void>>();
  #isClosed = false;

  private constructor(deps: MediaWorkersDeps, options: readonly MediaWorkerOptions[]) {
    this.#deps = deps;
    this.#options = options;
    this.#workers = options.map(() => null);
  }

  /**
   * @param options one for each worker
   * @throws Error when one can't be started
   */
  static async create(deps: MediaWorkersDeps, options: readonly MediaWorkerOptions[]): Promise<MediaWorkers> {
    const workers = new MediaWorkers(deps, options);
    try {
      await Promise.all(options.map((_, index) => workers.#start(index)));
      return workers;
    } catch (error) {
      workers.close();
      throw error;
    }
  }

  /** @throws MediaError `workerUnavailable` while none is up */
  forNextCall(): MediaWorker {
    const worker = chooseWorker(this.alive());
    if (worker === null) throw new MediaError('workerUnavailable', 'no media worker is up');
    return worker;
  }

  alive(): MediaWorker[] {
    return this.#workers.filter((worker) => worker !== null);
  }

  close(): void {
    this.#isClosed = true;
    for (const cancel of this.#restarts.values()) cancel();
    this.#restarts.clear();
    for (const worker of this.alive()) worker.close();
    this.#workers.fill(null);
  }

  async #start(index: number): Promise<void> {
    const options = this.#options[index];
    if (options === undefined) return;
    const worker = await MediaWorker.start(this.#deps, options);
    if (this.#isClosed) {
      worker.close();
      return;
    }
    this.#workers[index] = worker;
    worker.once('lost', () => {
      this.#workers[index] = null;
      this.#deps.logger.error({ workerPid: worker.pid, calls: worker.load }, 'A media worker died and is replaced');
      this.#restart(index, 0);
    });
  }

  #restart(index: number, attempt: number): void {
    if (this.#isClosed) return;
    const delayMs = restartDelaysMs[Math.min(attempt, restartDelaysMs.length - 1)] ?? 0;
    const cancel = this.#deps.schedule(() => {
      this.#restarts.delete(index);
      const starting = this.#start(index)
        .catch((error: unknown) => {
          this.#deps.logger.error({ error: String(error), attempt }, 'A media worker could not be started');
          this.#restart(index, attempt + 1);
        })
        .finally(() => this.#starting.delete(starting));
      this.#starting.add(starting);
    }, delayMs);
    this.#restarts.set(index, cancel);
  }
}
