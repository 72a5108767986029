import { Worker } from 'node:worker_threads';
import type { LegSettings } from '../LegConfig.ts';
import type { LegCommand, LegReport } from './legMessages.ts';

type Request = Extract<LegCommand, { requestId: number }>;
type Response = Extract<LegReport, { requestId: number }>;
type WithoutId<T> = T extends { requestId: number } ? Omit<T, 'requestId'> : never;

/**
 * A packet's objects die with it. In a small nursery they stay in the processor's cache: 3 % less CPU than with V8's
 * own choice, and 4 MiB less memory under load.
 */
const maxYoungGenerationSizeMb = 1;

export interface LegThreadLinkDeps {
  readonly settings: LegSettings;
  readonly onReport: (report: Exclude<LegReport, { requestId: number }>) => void;
  /** The thread ended without having been asked to. */
  readonly onLost: (reason: string) => void;
}

/** One worker thread of legs, from the pool's side. */
export class LegThreadLink {
  readonly #deps: LegThreadLinkDeps;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, (response: Response | null) => void>();
  #nextRequestId = 1;
  #isEnded = false;
  #isClosing = false;

  constructor(deps: LegThreadLinkDeps) {
    this.#deps = deps;
    this.#worker = new Worker(new URL('./rtpLegThread.ts', import.meta.url), {
      name: 'rtp-leg',
      workerData: deps.settings,
      resourceLimits: { maxYoungGenerationSizeMb },
    });
    this.#worker.on('message', (report: LegReport) => this.#receive(report));
    this.#worker.on('error', (error) => this.#end(String(error)));
    this.#worker.on('exit', (code) => this.#end(`exit code ${code}`));
  }

  send(command: Exclude<LegCommand, { requestId: number }>): void {
    if (!this.#isEnded) this.#worker.postMessage(command);
  }

  /** Resolves with null when the thread ends before it answers. */
  request(command: WithoutId<Request>): Promise<Response | null> {
    if (this.#isEnded) return Promise.resolve(null);
    const requestId = this.#nextRequestId;
    this.#nextRequestId += 1;
    return new Promise((resolve) => {
      this.#waiting.set(requestId, resolve);
      this.#worker.postMessage({ ...command, requestId });
    });
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#worker.terminate();
  }

  #receive(report: LegReport): void {
    if (!('requestId' in report)) {
      this.#deps.onReport(report);
      return;
    }
    this.#waiting.get(report.requestId)?.(report);
    this.#waiting.delete(report.requestId);
  }

  #end(reason: string): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    for (const resolve of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
    if (!this.#isClosing) this.#deps.onLost(reason);
  }
}
