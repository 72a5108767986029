import { EventEmitter } from 'node:events';
import { type SipRequest, type SipResponse, serializeMessage } from '../../message/index.ts';
import type { ServerTransaction, ServerTransactionEvents, SipSource } from '../SipTransportLayer.ts';
import type { ServerTransactionDeps } from './serverTransactionDeps.ts';
import { TRANSACTION_LIFETIME_MS } from './timerValues.ts';

/**
 * RFC 3261 section 17.2.2 (figure 8). A repeat gets the last response again until timer J.
 *
 *   trying --1xx--> proceeding --final--> completed --J--> terminated
 */
export class NonInviteServerTransaction extends EventEmitter<ServerTransactionEvents> implements ServerTransaction {
  readonly request: SipRequest;
  readonly source: SipSource;
  readonly local: { readonly host: string; readonly port: number };
  readonly #deps: ServerTransactionDeps;
  readonly #cancelLifetime: () => void;
  #lastText: string | null = null;
  #hasFinal = false;
  #isTerminated = false;

  constructor(deps: ServerTransactionDeps) {
    super();
    this.#deps = deps;
    this.request = deps.request;
    this.source = deps.source;
    this.local = deps.local;
    deps.link.onFailed = (reason) => this.#end(() => this.emit('transportFailed', { reason }));
    // Past its own timer F the other side listens no more, so an owner that forgets to answer leaks nothing.
    this.#cancelLifetime = deps.timers.start(2 * TRANSACTION_LIFETIME_MS, () => this.#end(() => {}));
  }

  get hasFinal(): boolean {
    return this.#hasFinal;
  }

  respond(response: SipResponse): void {
    if (this.#hasFinal || this.#isTerminated) return;
    this.#lastText = serializeMessage(response);
    this.#deps.link.send(this.#lastText);
    if (response.status < 200) return;
    this.#hasFinal = true;
    if (this.#deps.link.isReliable) {
      this.#end(() => {});
      return;
    }
    this.#cancelLifetime();
    this.#deps.timers.start(TRANSACTION_LIFETIME_MS, () => this.#end(() => {}));
  }

  /** By the transport layer: the same request again. */
  receiveRepeat(): void {
    if (this.#lastText === null || this.#isTerminated) return;
    this.#deps.onRetransmission();
    this.#deps.link.send(this.#lastText);
  }

  respondAndForget(response: SipResponse): void {
    if (this.#hasFinal || this.#isTerminated) return;
    this.#deps.link.send(serializeMessage(response));
    this.#end(() => {});
  }

  /** By the transport layer when it closes. */
  abandon(): void {
    this.#end(() => {});
  }

  #end(tell: () => void): void {
    if (this.#isTerminated) return;
    this.#isTerminated = true;
    this.#cancelLifetime();
    this.#deps.link.release();
    this.#deps.onTerminated();
    tell();
    this.emit('terminated');
  }
}
