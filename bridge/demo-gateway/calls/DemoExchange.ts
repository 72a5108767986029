import { drop } from '../../observability/index.ts';
import { parseUri, type SipRequest, tagOf, uriUser } from '../../sip-stack/message/index.ts';
import type { ServerTransaction } from '../../sip-stack/transport/index.ts';
import { findLine } from '../lines/findLine.ts';
import { DemoCall, type DemoCallDeps } from './DemoCall.ts';
import { ALLOWED_METHODS, type ReplyOptions, reply } from './responses.ts';

export interface DemoExchangeOptions {
  /** More calls at once are refused with 503. */
  readonly maxCalls: number;
}

/** Seconds after which a full exchange may be tried again. */
const RETRY_AFTER_SECONDS = 5;

/** Takes every request that comes: new calls, those inside a call, and what is asked of the exchange itself. */
export class DemoExchange {
  readonly #deps: Omit<DemoCallDeps, 'onEnded'>;
  readonly #options: DemoExchangeOptions;
  /** By Call-ID and our tag. */
  readonly #calls = new Map<string, DemoCall>();
  #isClosed = false;

  constructor(deps: Omit<DemoCallDeps, 'onEnded'>, options: DemoExchangeOptions) {
    this.#deps = deps;
    this.#options = options;
    deps.layer.on('request', (transaction) => this.#receive(transaction));
  }

  get size(): number {
    return this.#calls.size;
  }

  /** Ends every call and takes no more. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#calls.values()].map((call) => call.close()));
  }

  #receive(transaction: ServerTransaction): void {
    const { request } = transaction;
    const required = request.headers.list('Require');
    // RFC 3261 section 8.2.2.3: we have no extension.
    if (required.length > 0) {
      this.#respond(transaction, { status: 420, headers: [['Unsupported', required.join(', ')]] });
      return;
    }
    const localTag = tagOf(request.headers.get('To'));
    if (localTag === undefined) this.#receiveOutOfDialog(transaction);
    else this.#receiveInDialog(transaction, localTag);
  }

  #receiveOutOfDialog(transaction: ServerTransaction): void {
    switch (transaction.request.method) {
      case 'INVITE':
        this.#receiveCall(transaction);
        break;
      case 'OPTIONS':
        this.#respond(transaction, {
          status: 200,
          headers: [
            ['Allow', ALLOWED_METHODS],
            ['Accept', 'application/sdp, application/dtmf-relay, application/dtmf'],
          ],
        });
        break;
      case 'BYE':
      case 'INFO':
        this.#respond(transaction, { status: 481 });
        break;
      default:
        this.#respond(transaction, { status: 405, headers: [['Allow', ALLOWED_METHODS]] });
    }
  }

  #receiveInDialog(transaction: ServerTransaction, localTag: string): void {
    const { headers } = transaction.request;
    const call = this.#calls.get(key(headers.get('Call-ID') ?? '', localTag));
    if (call === undefined || call.remoteTag !== (tagOf(headers.get('From')) ?? '')) {
      this.#respond(transaction, { status: 481 });
    } else {
      call.receive(transaction);
    }
  }

  #receiveCall(transaction: ServerTransaction): void {
    const { request } = transaction;
    const problem = this.#problemWith(request);
    if (problem !== null) {
      this.#respond(transaction, problem);
      return;
    }
    const called = parseUri(request.uri);
    const number = called === null ? '' : uriUser(called);
    const call = new DemoCall(
      { ...this.#deps, onEnded: (ended) => this.#calls.delete(key(ended.callId, ended.localTag)) },
      transaction,
    );
    this.#calls.set(key(call.callId, call.localTag), call);
    this.#deps.logger.info({ sipCallId: call.callId, number }, 'A call to the demo gateway arrived');
    drop(call.run(findLine(number)), this.#deps.logger, 'running a call of the demo gateway');
  }

  #problemWith(request: SipRequest): Omit<ReplyOptions, 'toTag'> | null {
    if (this.#isClosed || this.#calls.size >= this.#options.maxCalls) {
      return { status: 503, headers: [['Retry-After', String(RETRY_AFTER_SECONDS)]] };
    }
    const callId = request.headers.get('Call-ID');
    const remoteTag = tagOf(request.headers.get('From')) ?? '';
    // The same request over another path (RFC 3261 section 8.2.2.2).
    const isMerged = [...this.#calls.values()].some((call) => call.callId === callId && call.remoteTag === remoteTag);
    if (isMerged) return { status: 482 };
    if (!request.headers.has('Contact')) return { status: 400 };
    const type = request.headers.get('Content-Type')?.split(';')[0]?.trim().toLowerCase();
    if (request.body !== '' && type !== 'application/sdp') {
      return { status: 415, headers: [['Accept', 'application/sdp']] };
    }
    return null;
  }

  #respond(transaction: ServerTransaction, options: Omit<ReplyOptions, 'toTag'>): void {
    transaction.respond(reply(transaction, { ...options, toTag: this.#deps.layer.token() }));
  }
}

function key(callId: string, localTag: string): string {
  return `${callId} ${localTag}`;
}
