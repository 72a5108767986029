import { createResponse, type SipRequest, type SipResponse, sequenceOf } from '../../message/index.ts';
import type { IncomingSipCall } from '../../port/index.ts';
import type { ServerTransaction } from '../../transport/index.ts';
import { ACCEPT, ALLOW, SUPPORTED } from '../capabilities.ts';
import { quotable } from '../dialogs/CallDialog.ts';
import { sdpOf } from '../dialogs/sdpOf.ts';
import { ReliableAnswers } from './ReliableAnswers.ts';

interface PendingInviteDeps {
  readonly transaction: ServerTransaction;
  readonly localTag: string;
  readonly contact: () => string;
  /** Headers of a session timer for the 200, which settle it. */
  readonly timerHeaders: () => readonly (readonly [name: string, value: string])[];
  readonly userAgent: string;
  readonly startTimer: (delayMs: number, callback: () => void) => () => void;
  /** Where our RSeq begins: anything from 1 on. */
  readonly firstSequence: number;
  /** Nobody waits for our answer any more; it was refused already. */
  readonly onGivenUp: () => void;
}

/** A proxy on the way gives up after three minutes in which it hears nothing (timer C, RFC 3261 section 13.3.1.1). */
const REPEAT_MS = 60_000;
const MAX_EXPIRES_SECONDS = 86_400;

type Refusal = Parameters<IncomingSipCall['reject']>[0];

interface Answer {
  readonly status: number;
  readonly reason?: string;
  readonly sdp?: string | null;
  readonly headers?: readonly (readonly [name: string, value: string])[];
}

/** An INVITE of a gateway until its final answer: what is said to it, how often, and when it runs out. */
export class PendingInvite {
  readonly #deps: PendingInviteDeps;
  readonly #reliable: ReliableAnswers | null;
  #stopRepeat: () => void = () => {};
  #stopExpiry: () => void = () => {};
  #prackSdp: string | null = null;
  #hasOffered = false;
  #isSettled = false;

  constructor(deps: PendingInviteDeps) {
    const { transaction, startTimer } = deps;
    const { request } = transaction;
    this.#deps = deps;
    transaction.on('cancelled', () => this.#giveUp(487));
    transaction.on('transportFailed', () => this.#lost());
    this.#reliable = request.headers.lists('Require', '100rel')
      ? new ReliableAnswers({
          startTimer,
          send: (response) => transaction.respond(response),
          firstSequence: deps.firstSequence,
          inviteSequence: sequenceOf(request),
          onSilence: () => this.#giveUp(504),
        })
      : null;
    const seconds = /^\s*(\d{1,10})/.exec(request.headers.get('Expires') ?? '')?.[1];
    if (seconds !== undefined) {
      const expiresMs = Math.min(Number(seconds), MAX_EXPIRES_SECONDS) * 1000;
      this.#stopExpiry = startTimer(expiresMs, () => this.#giveUp(487));
    }
  }

  get request(): SipRequest {
    return this.#deps.transaction.request;
  }

  /** It wants an offer of ours and had it in a reliable 183; the answer came with the PRACK. */
  get earlyAnswer(): string | null {
    return this.#prackSdp;
  }

  /** A reliable 18x with our SDP was acknowledged: offer and answer are exchanged, and the 200 need not repeat them. */
  get isSettled(): boolean {
    return this.#isSettled;
  }

  trying(): void {
    this.#deps.transaction.respond(createResponse(this.request, { status: 100 }));
  }

  /** Says it again each minute until something else is said. */
  progress(status: number, sdp: string | null): void {
    if (this.#deps.transaction.hasFinal) return;
    this.#stopRepeat();
    this.#stopRepeat = this.#deps.startTimer(REPEAT_MS, () => this.progress(status, sdp));
    const isOffer = sdp !== null && sdpOf(this.request) === null;
    if (this.#reliable === null) {
      // Only a reliable response can carry an offer (RFC 3261 section 13.2.1).
      this.#deps.transaction.respond(this.#response({ status, sdp: isOffer ? null : sdp }));
      return;
    }
    const carried = isOffer && this.#hasOffered ? null : sdp;
    this.#hasOffered ||= isOffer;
    this.#reliable.say(this.#response({ status, sdp: carried }), (prack) => {
      if (isOffer) this.#prackSdp ??= sdpOf(prack);
      this.#isSettled ||= isOffer ? this.#prackSdp !== null : carried !== null;
    });
  }

  /** Runs once a 2xx may be sent: no reliable response may wait for its PRACK (RFC 3262 section 3). */
  whenReady(callback: () => void): void {
    this.#stopRepeat();
    this.#stopExpiry();
    if (this.#reliable === null) callback();
    else this.#reliable.whenDone(callback);
  }

  /** `sdp` is null where another was agreed on since. */
  accept(sdp: string | null): SipResponse {
    const response = this.#response({
      status: 200,
      sdp: this.#hasOffered ? null : sdp,
      headers: [['Accept', ACCEPT], ...this.#deps.timerHeaders()],
    });
    this.#final(response);
    return response;
  }

  refuse({ status, reason, retryAfterMs, q850 }: Refusal): void {
    const headers: [string, string][] = [];
    if (retryAfterMs !== undefined) headers.push(['Retry-After', String(Math.ceil(retryAfterMs / 1000))]);
    if (q850 !== undefined) headers.push(['Reason', `Q.850;cause=${q850}`]);
    this.#final(this.#response({ status, ...(reason === undefined ? {} : { reason: quotable(reason) }), headers }));
  }

  /** Status for a PRACK, and the offer that it brings where the first was answered already. */
  takePrack(prack: SipRequest): { status: number; offer: string | null } {
    const wasAnswered = this.#prackSdp !== null;
    const status = this.#reliable?.take(prack) ?? 481;
    const isOffer = status === 200 && this.#isSettled && (sdpOf(this.request) !== null || wasAnswered);
    return { status, offer: isOffer ? sdpOf(prack) : null };
  }

  #giveUp(status: number): void {
    if (this.#deps.transaction.hasFinal) return;
    this.refuse({ status });
    this.#deps.onGivenUp();
  }

  #lost(): void {
    this.#stop();
    this.#deps.onGivenUp();
  }

  #final(response: SipResponse): void {
    this.#stop();
    this.#deps.transaction.respond(response);
  }

  #stop(): void {
    this.#stopRepeat();
    this.#stopExpiry();
    this.#reliable?.stop();
  }

  #response({ status, reason, sdp = null, headers = [] }: Answer): SipResponse {
    const { localTag, contact, userAgent } = this.#deps;
    const ofDialog: [string, string][] = [
      ['Contact', contact()],
      ['Allow', ALLOW],
      ['Supported', SUPPORTED.join(', ')],
    ];
    return createResponse(this.request, {
      status,
      ...(reason === undefined ? {} : { reason }),
      toTag: localTag,
      headers: [...(status < 300 ? ofDialog : []), ['Server', userAgent], ...headers],
      ...(sdp === null ? {} : { body: { type: 'application/sdp', text: sdp } }),
    });
  }
}
