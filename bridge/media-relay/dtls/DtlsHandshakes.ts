import { Worker } from 'node:worker_threads';
import type { DtlsCommand, DtlsKeys, DtlsReport, DtlsTerms, Fingerprint } from './dtlsMessages.ts';

export interface DtlsListener {
  readonly onSend: (packet: Uint8Array) => void;
  readonly onKeys: (keys: DtlsKeys) => void;
}

export interface DtlsAssociation {
  receive(packet: Uint8Array): void;
  /** Idempotent. */
  close(): void;
}

export interface DtlsHandshakesDeps {
  readonly logger: { warn(fields: object, message: string): void };
}

/**
 * DTLS (RFC 5763, RFC 5764) with gateways, for their keys: a thread that is there from the first use on, since what it loads is large.
 * An association belongs to whoever opened it. One whose thread died has no more packets; its keys are good.
 */
export class DtlsHandshakes {
  readonly #deps: DtlsHandshakesDeps;
  readonly #listeners = new Map<number, DtlsListener>();
  #thread: { readonly worker: Worker; readonly fingerprint: Promise<Fingerprint> } | null = null;
  #nextId = 1;
  #isClosed = false;

  constructor(deps: DtlsHandshakesDeps) {
    this.#deps = deps;
  }

  /** Of our certificate. @throws Error where the thread can't start */
  fingerprint(): Promise<Fingerprint> {
    return this.#started().fingerprint;
  }

  open(terms: DtlsTerms, listener: DtlsListener): DtlsAssociation {
    const id = this.#nextId;
    this.#nextId += 1;
    this.#listeners.set(id, listener);
    const { worker } = this.#started();
    const send = (command: DtlsCommand): void => worker.postMessage(command);
    send({ type: 'open', id, terms });
    return {
      receive: (packet) => send({ type: 'packet', id, packet }),
      close: () => {
        if (this.#listeners.delete(id)) send({ type: 'close', id });
      },
    };
  }

  /** Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#listeners.clear();
    await this.#thread?.worker.terminate();
    this.#thread = null;
  }

  #started() {
    if (this.#isClosed) throw new Error('the media relay is closed');
    this.#thread ??= this.#start();
    return this.#thread;
  }

  #start() {
    const worker = new Worker(new URL('./dtlsThread.ts', import.meta.url));
    const { promise: fingerprint, resolve, reject } = Promise.withResolvers<Fingerprint>();
    // Whoever waits for it hears of it; nobody may.
    fingerprint.catch(() => {});
    const lost = (error: unknown): void => {
      reject(error);
      if (this.#thread?.worker !== worker) return;
      this.#thread = null;
      if (!this.#isClosed) this.#deps.logger.warn({ error: String(error) }, 'The thread of DTLS ended');
    };
    worker.on('message', (report: DtlsReport) => {
      if (report.type === 'ready') resolve(report.fingerprint);
      else this.#receive(report);
    });
    worker.on('error', lost);
    worker.on('exit', (code) => lost(new Error(`exit ${code}`)));
    return { worker, fingerprint };
  }

  #receive(report: Exclude<DtlsReport, { type: 'ready' }>): void {
    const listener = this.#listeners.get(report.id);
    if (report.type === 'send') listener?.onSend(report.packet);
    else if (report.type === 'keys') listener?.onKeys(report.keys);
    else if (listener) this.#deps.logger.warn({ problem: report.message }, 'DTLS with a gateway failed');
  }
}
