import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Logger } from '../observability/index.ts';
import type { DemoGateway, DemoGatewayHoldings, DemoGatewayOptions } from './DemoGateway.ts';
import { demoNumbers } from './demoNumbers.ts';
import type { FromThread, ToThread } from './thread/messages.ts';

/**
 * Starts the demo gateway in a thread of its own, so that its audio never waits for the signalling of the bridge.
 * Rejects with a sentence when it can't start, e.g. because the port is taken.
 */
export async function startDemoGateway(deps: { logger: Logger }, options: DemoGatewayOptions): Promise<DemoGateway> {
  const worker = new Worker(new URL('./thread/demoGatewayThread.ts', import.meta.url), {
    name: 'demo-gateway',
    workerData: options,
    execArgv: [],
  });
  const thread = new DemoGatewayThread(deps, worker);
  const port = await thread.ready;
  return {
    host: options.host,
    port,
    numbers: demoNumbers,
    holdings: () => thread.holdings(),
    close: () => thread.close(),
  };
}

class DemoGatewayThread {
  /** The port that was bound. */
  readonly ready: Promise<number>;
  readonly #logger: Logger;
  readonly #worker: Worker;
  readonly #exited: Promise<unknown>;
  readonly #holdingsWaiting: PromiseWithResolvers<DemoGatewayHoldings>[] = [];
  #hasExited = false;
  #isClosing = false;

  constructor(deps: { logger: Logger }, worker: Worker) {
    this.#logger = deps.logger;
    this.#worker = worker;
    const ready = Promise.withResolvers<number>();
    this.ready = ready.promise;
    this.#exited = once(worker, 'exit').catch(() => undefined);
    worker.on('message', (message: FromThread) => {
      if (message.type === 'ready') ready.resolve(message.port);
      else if (message.type === 'failed') ready.reject(new Error(`The demo gateway can't start: ${message.problem}`));
      else if (message.type === 'holdings') this.#holdingsWaiting.shift()?.resolve(message.holdings);
      else if (message.type === 'log') this.#logger[message.level](message.fields, message.message);
    });
    worker.on('error', (error) => {
      this.#logger.error({ error }, 'The thread of the demo gateway failed');
      ready.reject(error);
    });
    worker.on('exit', (code) => {
      this.#hasExited = true;
      if (!this.#isClosing && code !== 0) this.#logger.error({ code }, 'The demo gateway has ended');
      const gone = new Error('the demo gateway has ended');
      ready.reject(gone);
      for (const waiting of this.#holdingsWaiting.splice(0)) waiting.reject(gone);
    });
  }

  holdings(): Promise<DemoGatewayHoldings> {
    const waiting = Promise.withResolvers<DemoGatewayHoldings>();
    if (this.#hasExited || this.#isClosing) {
      waiting.reject(new Error('the demo gateway is closed'));
    } else {
      this.#holdingsWaiting.push(waiting);
      this.#post({ type: 'holdings' });
    }
    return waiting.promise;
  }

  async close(): Promise<void> {
    if (!this.#isClosing && !this.#hasExited) {
      this.#isClosing = true;
      this.#post({ type: 'close' });
    }
    await this.#exited;
  }

  #post(message: ToThread): void {
    this.#worker.postMessage(message);
  }
}
