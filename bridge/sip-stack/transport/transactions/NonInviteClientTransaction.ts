import { EventEmitter } from 'node:events';
import { type SipRequest, type SipResponse, serializeMessage } from '../../message/index.ts';
import type { ClientTransaction, ClientTransactionEvents, SipRoute } from '../SipTransportLayer.ts';
import type { CancelTimer } from '../TimerSet.ts';
import type { ClientTransactionDeps, SentRequest } from './clientTransactionDeps.ts';
import { T1_MS, T2_MS, T4_MS, TRANSACTION_LIFETIME_MS } from './timerValues.ts';

type State = 'trying' | 'proceeding' | 'completed' | 'terminated';

/**
 * RFC 3261 section 17.1.2 (figure 6). Timer E repeats, F gives up, K absorbs late repeats of the final response.
 *
 *   trying --1xx--> proceeding --final--> completed --K--> terminated
 *      \--------------- final ------------^
 */
export class NonInviteClientTransaction extends EventEmitter<ClientTransactionEvents> implements ClientTransaction {
  readonly #deps: ClientTransactionDeps;
  #sent: SentRequest;
  #text: string;
  #state: State = 'trying';
  #cancelRepeat: CancelTimer = () => {};
  #cancelGiveUp: CancelTimer = () => {};
  /** By the transport layer: may find another way instead of giving up. */
  onLinkFailed: (fail: () => void) => void = (fail) => fail();

  constructor(deps: ClientTransactionDeps) {
    super();
    this.#deps = deps;
    this.#sent = deps;
    this.#text = serializeMessage(deps.request);
  }

  get hasProvisional(): boolean {
    return this.#state === 'proceeding';
  }

  get hasFinal(): boolean {
    return this.#state === 'completed' || this.#state === 'terminated';
  }

  get request(): SipRequest {
    return this.#sent.request;
  }

  get route(): SipRoute {
    return this.#sent.route;
  }

  /** The same request by another way: nothing can have come back by the first. */
  switchTo(sent: SentRequest): void {
    if (this.#state !== 'trying') return;
    this.#cancelRepeat();
    this.#cancelGiveUp();
    this.#sent.link.release();
    this.#sent = sent;
    this.#text = serializeMessage(sent.request);
    this.onLinkFailed = (fail) => fail();
    this.start();
  }

  start(): void {
    const { timers } = this.#deps;
    const { link } = this.#sent;
    link.onFailed = (reason) => this.onLinkFailed(() => this.#end(() => this.emit('transportFailed', { reason })));
    link.send(this.#text);
    this.#cancelGiveUp = timers.start(TRANSACTION_LIFETIME_MS, () => this.#end(() => this.emit('timedOut')));
    if (!link.isReliable) this.#repeatAfter(T1_MS);
  }

  #repeatAfter(delayMs: number): void {
    this.#cancelRepeat = this.#deps.timers.start(delayMs, () => {
      this.#deps.onRetransmission();
      this.#sent.link.send(this.#text);
      // Once provisional, E is T2 (RFC 3261 section 17.1.2.2).
      this.#repeatAfter(this.#state === 'proceeding' ? T2_MS : Math.min(delayMs * 2, T2_MS));
    });
  }

  /** By the transport layer, with our Via already off. */
  receive(response: SipResponse): void {
    if (this.hasFinal) return;
    this.#sent.link.answered();
    if (response.status < 200) {
      this.#state = 'proceeding';
      this.emit('response', response);
      return;
    }
    this.#state = 'completed';
    this.#cancelRepeat();
    this.#cancelGiveUp();
    const { isReliable } = this.#sent.link;
    this.#sent.link.release();
    this.emit('response', response);
    if (isReliable) this.#end(() => {});
    else this.#deps.timers.start(T4_MS, () => this.#end(() => {}));
  }

  cancel(): void {
    throw new TypeError('only an INVITE can be cancelled');
  }

  acknowledge(): void {
    throw new TypeError('only an INVITE is acknowledged');
  }

  abandon(): void {
    this.#end(() => {});
  }

  #end(tell: () => void): void {
    if (this.#state === 'terminated') return;
    this.#state = 'terminated';
    this.#cancelRepeat();
    this.#cancelGiveUp();
    this.#sent.link.release();
    this.#deps.onTerminated();
    tell();
    this.emit('terminated');
  }
}
