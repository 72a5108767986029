import { EventEmitter } from 'node:events';
import { createResponse, type SipRequest, type SipResponse, serializeMessage, tagOf } from '../../message/index.ts';
import type { ServerTransaction, ServerTransactionEvents, SipSource } from '../SipTransportLayer.ts';
import type { CancelTimer } from '../TimerSet.ts';
import type { InviteServerTransactionDeps } from './serverTransactionDeps.ts';
import { T1_MS, T2_MS, T4_MS, TRANSACTION_LIFETIME_MS } from './timerValues.ts';

type State = 'proceeding' | 'completed' | 'confirmed' | 'accepted' | 'terminated';

/** After this long without a response the transaction says 100 by itself (RFC 3261 section 17.2.1). */
const TRYING_AFTER_MS = 200;

/**
 * RFC 3261 section 17.2.1 (figure 7) with the accepted state of RFC 6026 section 8.7. Timer G repeats a failure and, here as
 * well, a 2xx until its ACK (section 13.3.1.4); H gives up waiting for it; I and L absorb what still comes.
 *
 *   proceeding --3xx-6xx--> completed --ACK--> confirmed --I--> terminated
 *        \--------2xx-----> accepted ----------------------L--> terminated
 */
export class InviteServerTransaction extends EventEmitter<ServerTransactionEvents> implements ServerTransaction {
  readonly request: SipRequest;
  readonly source: SipSource;
  readonly local: { readonly host: string; readonly port: number };
  readonly #deps: InviteServerTransactionDeps;
  #state: State = 'proceeding';
  #lastText: string | null = null;
  #isAcknowledged = false;
  #isCancelled = false;
  #cancelTrying: CancelTimer;
  #cancelRepeat: CancelTimer = () => {};
  #cancelGiveUp: CancelTimer = () => {};

  constructor(deps: InviteServerTransactionDeps) {
    super();
    this.#deps = deps;
    this.request = deps.request;
    this.source = deps.source;
    this.local = deps.local;
    deps.link.onFailed = (reason) => this.#end(() => this.emit('transportFailed', { reason }));
    this.#cancelTrying = deps.timers.start(TRYING_AFTER_MS, () =>
      this.respond(createResponse(this.request, { status: 100 })),
    );
  }

  get hasFinal(): boolean {
    return this.#state !== 'proceeding';
  }

  respond(response: SipResponse): void {
    if (this.hasFinal) return;
    this.#cancelTrying();
    this.#lastText = serializeMessage(response);
    this.#deps.link.send(this.#lastText);
    if (response.status < 200) return;
    const isSuccess = response.status < 300;
    this.#state = isSuccess ? 'accepted' : 'completed';
    if (isSuccess) this.#deps.onAccepted(tagOf(response.headers.get('To')) ?? '');
    // A 2xx crosses proxies of any transport, so it is repeated over TCP too.
    if (isSuccess || !this.#deps.link.isReliable) this.#repeatAfter(T1_MS);
    this.#cancelGiveUp = this.#deps.timers.start(TRANSACTION_LIFETIME_MS, () => this.#giveUp());
  }

  #repeatAfter(delayMs: number): void {
    this.#cancelRepeat = this.#deps.timers.start(delayMs, () => {
      this.receiveRepeat();
      this.#repeatAfter(Math.min(delayMs * 2, T2_MS));
    });
  }

  #giveUp(): void {
    if (this.#isAcknowledged) this.#end(() => {});
    else this.#end(() => this.emit('unacknowledged'));
  }

  /** By the transport layer: the same INVITE again, or time to repeat the answer. */
  receiveRepeat(): void {
    if (this.#lastText === null || this.#state === 'confirmed' || this.#state === 'terminated') return;
    // An INVITE that was still on its way when the ACK came needs no further 2xx (RFC 6026 section 7.1).
    if (this.#isAcknowledged) return;
    this.#deps.onRetransmission();
    this.#deps.link.send(this.#lastText);
  }

  /** By the transport layer, for the ACK of a failure and of a 2xx alike. */
  receiveAck(ack: SipRequest): void {
    if (this.#isAcknowledged || (this.#state !== 'completed' && this.#state !== 'accepted')) return;
    this.#isAcknowledged = true;
    this.#cancelRepeat();
    this.#deps.link.release();
    if (this.#state === 'completed') {
      this.#state = 'confirmed';
      this.#cancelGiveUp();
    }
    this.emit('acknowledged', ack);
    if (this.#state !== 'confirmed') return;
    if (this.#deps.link.isReliable) this.#end(() => {});
    else this.#deps.timers.start(T4_MS, () => this.#end(() => {}));
  }

  /** By the transport layer, which answers the CANCEL itself. */
  receiveCancel(cancel: SipRequest): void {
    if (this.hasFinal || this.#isCancelled) return;
    this.#isCancelled = true;
    this.emit('cancelled', cancel);
  }

  respondAndForget(response: SipResponse): void {
    if (this.hasFinal) return;
    this.#deps.link.send(serializeMessage(response));
    this.#end(() => {});
  }

  /** By the transport layer when it closes. */
  abandon(): void {
    this.#end(() => {});
  }

  #end(tell: () => void): void {
    if (this.#state === 'terminated') return;
    this.#state = 'terminated';
    this.#cancelTrying();
    this.#cancelRepeat();
    this.#cancelGiveUp();
    this.#deps.link.release();
    this.#deps.onTerminated();
    tell();
    this.emit('terminated');
  }
}
