import { Worker } from 'node:worker_threads';
import { StorageError } from '../StorageError.ts';
import type { DatabaseOptions, FromDatabaseThread, Query, ToDatabaseThread, WireFailure, Write } from './operations.ts';

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: StorageError) => void;
}

/**
 * The database in a worker thread: the event loop of the signalling pays one message per turn, and the thread joins what waits
 * into one transaction.
 */
export class DatabaseThread {
  readonly #worker: Worker;
  readonly #exited: Promise<void>;
  /** Writes of this turn of the event loop as JSON, not yet sent. One text is cheaper to hand over than many objects. */
  #unsent: string[] = [];
  /** Who waits for which write: those from `#firstWaiting` on, in order. */
  #writers: Waiting[] = [];
  #firstWaiting = 1;
  readonly #queries = new Map<number, Waiting>();
  #nextQuery = 1;
  /** Why nothing can be asked any more. */
  #ended: StorageError | undefined;

  /** @throws StorageError `unavailable`, `damaged`: the message names the file */
  static async start(options: DatabaseOptions): Promise<DatabaseThread> {
    const worker = new Worker(new URL('./databaseWorker.ts', import.meta.url), {
      workerData: options,
      name: 'database',
      // Not the flags of the process, some of which (--input-type, --inspect-brk) would stop the thread.
      execArgv: [],
    });
    await new Promise<void>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('message', (message: FromDatabaseThread) => {
        worker.off('error', reject);
        if (message.kind === 'unusable') reject(toError(message.failure));
        else resolve();
      });
    });
    return new DatabaseThread(worker);
  }

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (message: FromDatabaseThread) => this.#receive(message));
    worker.on('error', (error) =>
      this.#end(new StorageError('unavailable', `The thread of the database broke: ${error.message}`)),
    );
    this.#exited = new Promise((resolve) => {
      worker.once('exit', () => {
        this.#end(new StorageError('closed', 'The database is closed.'));
        resolve();
      });
    });
  }

  /** Resolves when it would survive `kill -9`. Writes are made in the order in which they were asked for. */
  write(write: Write): Promise<void> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    let json: string;
    try {
      json = JSON.stringify(write);
    } catch (error) {
      return Promise.reject(new StorageError('unavailable', 'Only what JSON can hold is kept.', { cause: error }));
    }
    if (this.#unsent.length === 0) setImmediate(() => this.#sendWrites());
    this.#unsent.push(json);
    return new Promise<void>((resolve, reject) => {
      this.#writers.push({ resolve: () => resolve(), reject });
    });
  }

  /** Is answered after every write that was asked for before. */
  query<R>(query: Query): Promise<R> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const id = this.#nextQuery;
    this.#nextQuery += 1;
    return new Promise<R>((resolve, reject) => {
      // The thread is ours: its answer to a query has the query's type.
      this.#queries.set(id, { resolve: (result) => resolve(result as R), reject });
      this.#send({ kind: 'query', id, query });
    });
  }

  /** Writes what was asked for, closes the file and ends the thread. Idempotent. */
  async close(): Promise<void> {
    if (this.#ended === undefined) {
      this.#send({ kind: 'close' });
      // What is asked from now on would reach a closed file; what was asked is still settled.
      this.#ended = new StorageError('closed', 'The database is closed.');
    }
    await this.#exited;
  }

  #send(message: Exclude<ToDatabaseThread, { kind: 'writes' }>): void {
    this.#sendWrites();
    this.#worker.postMessage(message);
  }

  #sendWrites(): void {
    if (this.#unsent.length === 0) return;
    const writes = this.#unsent;
    this.#unsent = [];
    const first = this.#firstWaiting + this.#writers.length - writes.length;
    this.#worker.postMessage({ kind: 'writes', first, json: `[${writes.join(',')}]` } satisfies ToDatabaseThread);
  }

  #receive(message: FromDatabaseThread): void {
    if (message.kind === 'settled') this.#settle(message.last, message.failures);
    else if (message.kind === 'answer') this.#takeQuery(message.id)?.resolve(message.result);
    else if (message.kind === 'refusal') this.#takeQuery(message.id)?.reject(toError(message.failure));
  }

  #settle(last: number, failures: ReadonlyMap<number, WireFailure>): void {
    const settled = this.#writers.splice(0, last - this.#firstWaiting + 1);
    for (const [index, writer] of settled.entries()) {
      const failure = failures.get(this.#firstWaiting + index);
      if (failure === undefined) writer.resolve(undefined);
      else writer.reject(toError(failure));
    }
    this.#firstWaiting = last + 1;
  }

  #takeQuery(id: number): Waiting | undefined {
    const waiting = this.#queries.get(id);
    this.#queries.delete(id);
    return waiting;
  }

  #end(reason: StorageError): void {
    this.#ended ??= reason;
    const waiting = [...this.#writers.splice(0), ...this.#queries.values()];
    this.#queries.clear();
    for (const { reject } of waiting) reject(reason);
  }
}

function toError(failure: WireFailure): StorageError {
  return new StorageError(failure.code, failure.message);
}
