import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { GatewayEvent } from './gateway/events.ts';

/** The gateway of the measurements, in a process of its own. */
export class MeasuringGateway {
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #events: GatewayEvent[] = [];
  readonly #waiting = new Set<() => void>();

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
    child.on('message', (event: GatewayEvent) => {
      this.#events.push(event);
      for (const wake of [...this.#waiting]) wake();
    });
  }

  static async start(): Promise<MeasuringGateway> {
    const child = fork(fileURLToPath(new URL('./gateway/main.ts', import.meta.url)));
    const [ready] = (await once(child, 'message')) as [GatewayEvent];
    return new MeasuringGateway(child, ready.port);
  }

  /** Forgets what happened before. */
  clear(): void {
    this.#events.length = 0;
  }

  /** When it first happened since `clear()`. */
  async waitFor(kind: GatewayEvent['kind'], timeoutMs = 10_000): Promise<number> {
    const deadline = AbortSignal.timeout(timeoutMs);
    for (;;) {
      const event = this.#events.find((candidate) => candidate.kind === kind);
      if (event) return event.at;
      if (deadline.aborted) throw new Error(`the gateway was not ${kind} in ${timeoutMs} ms`);
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake);
          deadline.removeEventListener('abort', wake);
          resolve();
        };
        this.#waiting.add(wake);
        deadline.addEventListener('abort', wake);
      });
    }
  }

  close(): void {
    this.#child.disconnect();
  }
}
