import { EventEmitter } from 'node:events';
import {
  createCancel,
  createFailureAck,
  type SipRequest,
  type SipResponse,
  serializeMessage,
  tagOf,
} from '../../message/index.ts';
import type { Link } from '../links/Link.ts';
import type { ClientTransaction, ClientTransactionEvents, SipRoute } from '../SipTransportLayer.ts';
import type { CancelTimer } from '../TimerSet.ts';
import type { InviteClientTransactionDeps, SentRequest } from './clientTransactionDeps.ts';
import { T1_MS, TRANSACTION_LIFETIME_MS } from './timerValues.ts';

type State = 'calling' | 'proceeding' | 'completed' | 'accepted' | 'terminated';

/** Forks beyond this many are not told apart any more; nobody rings so many telephones at once. */
const MAX_FORKS = 32;

/**
 * RFC 3261 section 17.1.1 (figure 5) with the accepted state of RFC 6026 section 8.4. Timer A repeats, B gives up, D absorbs
 * repeated failures and acknowledges each, M repeated successes.
 *
 *   calling --1xx--> proceeding --3xx-6xx--> completed --D--> terminated
 *      |                  \------ 2xx -----> accepted ---M--> terminated
 *      \--B, transport--> terminated          (calling takes both final ways too)
 */
export class InviteClientTransaction extends EventEmitter<ClientTransactionEvents> implements ClientTransaction {
  readonly #deps: InviteClientTransactionDeps;
  #sent: SentRequest;
  #text: string;
  #state: State = 'calling';
  #cancelRepeat: CancelTimer = () => {};
  #cancelGiveUp: CancelTimer = () => {};
  /** By the transport layer: may find another way instead of giving up. */
  onLinkFailed: (fail: () => void) => void = (fail) => fail();
  #cancelReason: string | undefined;
  #cancelState: 'none' | 'wanted' | 'sent' = 'none';
  /** To tags of 2xx seen, each with its ACK once there is one. */
  readonly #acks = new Map<string, { text: string; link: Link } | null>();

  constructor(deps: InviteClientTransactionDeps) {
    super();
    this.#deps = deps;
    this.#sent = deps;
    this.#text = serializeMessage(deps.request);
  }

  get hasProvisional(): boolean {
    return this.#state === 'proceeding';
  }

  get hasFinal(): boolean {
    return this.#state !== 'calling' && this.#state !== 'proceeding';
  }

  get request(): SipRequest {
    return this.#sent.request;
  }

  get route(): SipRoute {
    return this.#sent.route;
  }

  /** The same request by another way: nothing can have come back by the first. */
  switchTo(sent: SentRequest): void {
    if (this.#state !== 'calling') return;
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
      this.#repeatAfter(delayMs * 2);
    });
  }

  /** By the transport layer, with our Via already off. */
  receive(response: SipResponse): void {
    if (response.status >= 200 && response.status < 300) this.#success(response);
    else if (response.status >= 300) this.#failure(response);
    else if (!this.hasFinal) this.#provisional(response);
  }

  #provisional(response: SipResponse): void {
    this.#sent.link.answered();
    if (this.#state === 'calling') {
      this.#state = 'proceeding';
      this.#cancelRepeat();
      this.#cancelGiveUp();
      if (this.#cancelState === 'wanted') this.#sendCancel();
    }
    this.emit('response', response);
  }

  #failure(response: SipResponse): void {
    if (this.#state === 'accepted' || this.#state === 'terminated') return;
    const ack = serializeMessage(createFailureAck(this.request, response));
    if (this.#state === 'completed') {
      this.#deps.onRetransmission();
      this.#sent.link.send(ack);
      return;
    }
    this.#finish('completed');
    this.#sent.link.send(ack);
    this.emit('response', response);
    // Timer D: at least 32 s where a repeat can come, zero where it can't.
    if (this.#sent.link.isReliable) this.#end(() => {});
    else this.#deps.timers.start(TRANSACTION_LIFETIME_MS, () => this.#end(() => {}));
  }

  #success(response: SipResponse): void {
    if (this.#state === 'completed' || this.#state === 'terminated') return;
    const tag = tagOf(response.headers.get('To')) ?? '';
    if (this.#acks.has(tag)) {
      const ack = this.#acks.get(tag);
      if (ack) {
        this.#deps.onRetransmission();
        ack.link.send(ack.text);
      }
      return;
    }
    if (this.#acks.size >= MAX_FORKS) return;
    this.#acks.set(tag, null);
    if (this.#state !== 'accepted') {
      this.#finish('accepted');
      this.#sent.link.release();
      this.#deps.timers.start(TRANSACTION_LIFETIME_MS, () => this.#end(() => {}));
    }
    this.emit('response', response);
  }

  #finish(state: 'completed' | 'accepted'): void {
    this.#state = state;
    this.#cancelRepeat();
    this.#cancelGiveUp();
    this.#sent.link.answered();
    if (state === 'completed') this.#sent.link.onFailed = () => {};
  }

  cancel(reason?: string): void {
    if (this.hasFinal || this.#cancelState !== 'none') return;
    this.#cancelReason = reason;
    this.#cancelState = 'wanted';
    if (this.#state === 'proceeding') this.#sendCancel();
  }

  #sendCancel(): void {
    this.#cancelState = 'sent';
    this.#deps.sendCancel(createCancel(this.request, this.#cancelReason));
    this.#cancelGiveUp = this.#deps.timers.start(TRANSACTION_LIFETIME_MS, () => this.#end(() => this.emit('timedOut')));
  }

  acknowledge(ack: SipRequest, route: SipRoute = this.route): void {
    const tag = tagOf(ack.headers.get('To')) ?? '';
    // Without a 2xx of that tag, or a second time, there is nothing to acknowledge.
    if (this.#state !== 'accepted' || this.#acks.get(tag) !== null) return;
    const opened = this.#deps.openAck(ack, route);
    this.#acks.set(tag, opened);
    opened.link.send(opened.text);
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
    for (const ack of this.#acks.values()) ack?.link.release();
    this.#deps.onTerminated();
    tell();
    this.emit('terminated');
  }
}
