import {
  createResponse,
  type ResponseOptions,
  type SipRequest,
  type SipResponse,
  sequenceOf,
  tagOf,
} from '../../message/index.ts';
import type { ServerTransaction } from '../../transport/index.ts';
import { ACCEPT, ALLOW, capabilityHeaders, SUPPORTED } from '../capabilities.ts';
import type { EstablishedDialog } from '../established/EstablishedDialog.ts';
import { findIntervalRefusal } from '../session-timers/sessionExpires.ts';
import type { CallIdentity } from './CallIdentity.ts';
import type { OwnerDescriptions } from './OwnerDescriptions.ts';
import { readInfoDigits } from './readInfoDigits.ts';
import { sdpOf } from './sdpOf.ts';

export interface GatewayRequestsDeps {
  readonly identity: CallIdentity;
  readonly established: EstablishedDialog;
  readonly token: () => string;
  /** Value of our Contact. */
  readonly contact: () => string;
  /** Hands JsSIP a message; false when it threw. */
  readonly deliver: (text: string) => boolean;
  readonly phase: () => 'early' | 'up' | 'over';
  /** Before JsSIP sees it. */
  readonly onBye: (transaction: ServerTransaction) => void;
  /** Keys that the gateway tells of. */
  readonly onDigits: (digits: string) => void;
  /** How an offer before the answer, by UPDATE or in a PRACK, is answered once the first was for good; else the status that refuses it. */
  readonly answerEarly: (request: SipRequest) => ((offer: string) => Promise<string>) | 488 | 491 | 500;
  /** A request before the answer that isn't JsSIP's affair: true where it was dealt with. Absent: JsSIP's are all. */
  readonly takeEarly?: (transaction: ServerTransaction) => boolean;
  /** The status for a PRACK (RFC 3262 section 3), and the new offer in it. Absent: nothing of ours wants one. */
  readonly takePrack?: (request: SipRequest) => { status: number; offer: string | null };
  /** What the owner says to offers; null before the answer. */
  readonly descriptions: () => OwnerDescriptions | null;
}

/** Of so many forks the numbers are kept. */
const MAX_TAGS = 64;

/** Requests of the gateway inside one call: what JsSIP answers well goes to it, the rest is answered here. */
export class GatewayRequests {
  readonly #deps: GatewayRequestsDeps;
  readonly #open = new Map<string, ServerTransaction>();
  /** Number of their latest request, by their tag: forks count by themselves. */
  readonly #highest = new Map<string, number>();

  constructor(deps: GatewayRequestsDeps) {
    this.#deps = deps;
  }

  receive(transaction: ServerTransaction): void {
    const { request } = transaction;
    const refusal = this.#refusal(transaction);
    if (refusal !== null) this.#respond(transaction, refusal);
    else if (request.method === 'PRACK') this.#prack(transaction);
    else if (this.#deps.phase() === 'early' && this.#deps.takeEarly?.(transaction) === true) return;
    else if (request.method === 'OPTIONS') this.#respond(transaction, { status: 200, headers: capabilityHeaders() });
    else if (request.method === 'INFO') this.#info(transaction);
    else if (request.method === 'UPDATE' && this.#deps.phase() === 'early') this.#earlyUpdate(transaction);
    else if (request.method === 'NOTIFY') this.#respond(transaction, this.#deps.established.takeNotify(request));
    else if (request.method === 'REFER') this.#refer(transaction);
    else if (!this.#deps.established.offers.admits(transaction)) this.#respond(transaction, { status: 491 });
    else this.#passOn(transaction);
  }

  /** Status for a request that isn't served, or null. */
  #refusal(transaction: ServerTransaction): Omit<ResponseOptions, 'toTag'> | null {
    const { method, headers } = transaction.request;
    const { identity, phase } = this.#deps;
    if (tagOf(headers.get('To')) !== identity.localTag) return { status: 481 };
    const unknown = headers.list('Require').filter((item) => !SUPPORTED.some((known) => known === item.toLowerCase()));
    if (unknown.length > 0) return { status: 420, headers: [['Unsupported', unknown.join(', ')]] };
    if (this.#isOvertaken(transaction.request)) return { status: 500, headers: [['Retry-After', '1']] };
    if (phase() === 'over') return { status: method === 'BYE' ? 200 : 481 };
    if (method === 'INVITE' || method === 'UPDATE') return findIntervalRefusal(transaction.request);
    return SERVED.has(method) ? null : { status: 405, headers: [['Allow', ALLOW]] };
  }

  /** By a later one of theirs (RFC 3261 section 12.2.2). */
  #isOvertaken(request: SipRequest): boolean {
    const tag = tagOf(request.headers.get('From')) ?? '';
    const sequence = sequenceOf(request);
    const highest = this.#highest.get(tag);
    if (highest !== undefined && sequence < highest) return true;
    if (highest !== undefined || this.#highest.size < MAX_TAGS) this.#highest.set(tag, sequence);
    return false;
  }

  #info(transaction: ServerTransaction): void {
    this.#respond(transaction, { status: 200 });
    const digits = readInfoDigits(transaction.request);
    if (digits !== '') this.#deps.onDigits(digits);
  }

  /** RFC 3311 section 5.2: an UPDATE before the answer is no error, an offer in it may have to wait. */
  #earlyUpdate(transaction: ServerTransaction): void {
    const offer = sdpOf(transaction.request);
    if (offer === null) this.#respond(transaction, { status: 200 });
    else this.#answerEarly(transaction, offer);
  }

  #prack(transaction: ServerTransaction): void {
    const { takePrack } = this.#deps;
    const taken = takePrack?.(transaction.request) ?? { status: 481, offer: null };
    if (taken.offer === null) this.#respond(transaction, { status: taken.status });
    else this.#answerEarly(transaction, taken.offer);
  }

  #answerEarly(transaction: ServerTransaction, offer: string): void {
    const answer = this.#deps.answerEarly(transaction.request);
    if (typeof answer === 'number') {
      const headers = answer === 500 ? [['Retry-After', '5'] as const] : [];
      this.#respond(transaction, { status: answer, headers });
      return;
    }
    answer(offer).then(
      (text) => this.#respond(transaction, { status: 200, body: { type: 'application/sdp', text } }),
      () => this.#respond(transaction, { status: 488 }),
    );
  }

  #refer(transaction: ServerTransaction): void {
    if (this.#deps.phase() === 'early') this.#respond(transaction, { status: 403 });
    else this.#deps.established.referrals.take(transaction, (options) => this.#respond(transaction, options));
  }

  #passOn(transaction: ServerTransaction): void {
    const { identity, token, deliver, onBye } = this.#deps;
    const { request } = transaction;
    const sdp = sdpOf(request);
    if (request.body.trim() !== '' && sdp === null && request.method !== 'BYE') {
      this.#respond(transaction, { status: 415, headers: [['Accept', ACCEPT]] });
      return;
    }
    const branch = `z9hG4bK${token()}`;
    this.#open.set(branch, transaction);
    transaction.on('terminated', () => this.#open.delete(branch));
    transaction.on('acknowledged', (ack) => deliver(identity.requestForJsSip(ack, branch, [], sdpOf(ack))));
    if (request.method === 'BYE') onBye(transaction);
    const isTaken = deliver(identity.requestForJsSip(request, branch, [], request.method === 'BYE' ? null : sdp));
    if (!isTaken && !transaction.hasFinal) this.#respond(transaction, { status: 500 });
  }

  /** JsSIP's answer to what it was handed under this branch. */
  respondFromJsSip(response: SipResponse, branch: string): void {
    const transaction = this.#open.get(branch);
    if (transaction === undefined || transaction.hasFinal) return;
    const { request } = transaction;
    const isChange = request.method === 'INVITE' || request.method === 'UPDATE';
    const retryAfter = response.headers.get('Retry-After');
    const isAccepted = isChange && response.status >= 200 && response.status < 300;
    this.#respond(transaction, {
      status: isChange ? this.#statusOfChange(response.status) : response.status,
      headers: [
        ...(isAccepted ? this.#deps.established.change(request) : []),
        ...(retryAfter === undefined ? [] : [['Retry-After', retryAfter] as const]),
      ],
      ...(response.body === '' ? {} : { body: { type: 'application/sdp', text: response.body } }),
    });
  }

  /** JsSIP says 403 where another change is under way, and 500 where the owner would not make an offer. */
  #statusOfChange(status: number): number {
    if (status === 403) return 491;
    return status === 500 && this.#deps.descriptions()?.takeRefusal() === true ? 488 : status;
  }

  #respond(transaction: ServerTransaction, options: Omit<ResponseOptions, 'toTag'>): void {
    const isChange = transaction.request.method === 'INVITE' || transaction.request.method === 'UPDATE';
    const contact = isChange && options.status < 300 ? [['Contact', this.#deps.contact()] as const] : [];
    if (options.status >= 200) this.#deps.established.offers.answered(transaction, options.status);
    transaction.respond(
      createResponse(transaction.request, {
        ...options,
        toTag: this.#deps.token(),
        headers: [...contact, ...(options.headers ?? [])],
      }),
    );
  }
}

const SERVED = new Set(['INVITE', 'BYE', 'OPTIONS', 'INFO', 'UPDATE', 'PRACK', 'REFER', 'NOTIFY']);
