import type { SipResponse } from '../../message/index.ts';
import { SipRequestError, type SipRequestFailure } from '../../port/index.ts';
import { readRetryAfterMs } from '../dialogs/readReason.ts';
import { sdpOf } from '../dialogs/sdpOf.ts';
import type { DialogOutcome, DialogRequests } from './DialogRequests.ts';
import { glareWaitMs } from './glareWaitMs.ts';
import type { OpenOffers } from './OpenOffers.ts';

/** SDP, or whoever makes it when its turn has come. */
export type Offer = string | (() => Promise<string>);

type Header = readonly [name: string, value: string];

interface ReinvitesDeps {
  readonly requests: DialogRequests;
  readonly offers: OpenOffers;
  /** We made the Call-ID: the call is ours. */
  readonly isOwnerOfCallId: boolean;
  /** Runs once after the delay; returns how to stop it. */
  readonly startTimer: (delayMs: number, callback: () => void) => () => void;
  /** From 0 to below 1. */
  readonly fraction: () => number;
  /** Headers that every re-INVITE has, as they are when it leaves. */
  readonly headers: () => readonly Header[];
  /** Whether a 422 told how it will be better (RFC 4028 section 7.4). */
  readonly learnInterval: (response: SipResponse) => boolean;
  /** A 2xx, before it is acknowledged. */
  readonly onAccepted: (response: SipResponse) => void;
  /** An offer and its answer. */
  readonly onAgreed: (local: string, remote: string) => void;
  /** The dialog is no more (RFC 3261 section 12.2.1.2). */
  readonly onLost: (failure: SipRequestFailure) => void;
}

/** A re-INVITE rings nobody: who hasn't answered after 64*T1 won't. */
const ANSWER_WAIT_MS = 32_000;
const MAX_TRIES = 6;
/** Longer than this the other side's wish (RFC 3261 section 14.2: up to 10 s) isn't waited out. */
const MAX_RETRY_AFTER_MS = 10_000;

const ENDED = 'the call has ended';

class DialogLost extends SipRequestError {}

/** Re-INVITEs of ours, one after another (RFC 3261 section 14.1). */
export class Reinvites {
  readonly #deps: ReinvitesDeps;
  #turn: Promise<unknown> = Promise.resolve();
  /** Those that nobody has heard the end of. */
  readonly #open = new Set<(reason: Error) => void>();
  #isClosed = false;

  constructor(deps: ReinvitesDeps) {
    this.#deps = deps;
  }

  /** Resolves with the SDP of the 2xx. @throws SipRequestError */
  send(offer: Offer): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#open.add(reject);
      const done = this.#turn
        .then(() => this.#run(offer))
        .then(resolve, (error) => {
          // First, since with the call all others end too, and for another reason.
          reject(error);
          if (error instanceof DialogLost) this.#deps.onLost(error);
        })
        .finally(() => this.#open.delete(reject));
      this.#turn = done;
    });
  }

  /** The call is over. What is on the wire is still acknowledged. */
  close(): void {
    this.#isClosed = true;
    for (const reject of this.#open) reject(new SipRequestError({ status: null, reason: ENDED }));
    this.#open.clear();
  }

  async #run(offer: Offer): Promise<string> {
    const { offers } = this.#deps;
    for (let tries = 1; ; tries += 1) {
      await offers.theirsSettled();
      if (this.#isClosed) throw new SipRequestError({ status: null, reason: ENDED });
      const sdp = typeof offer === 'string' ? offer : await offer();
      // One of theirs came while it was made, which may have made it stale.
      if (offers.isTheirs) continue;
      const outcome = await this.#exchange(sdp);
      const waitMs = tries < MAX_TRIES ? this.#waitBeforeNext(outcome) : null;
      if (waitMs === null) {
        const answer = this.#conclude(outcome);
        this.#deps.onAgreed(sdp, answer);
        return answer;
      }
      await new Promise<void>((resolve) => this.#deps.startTimer(waitMs, resolve));
    }
  }

  async #exchange(sdp: string): Promise<DialogOutcome> {
    const { offers, requests, headers, startTimer } = this.#deps;
    let stopWaiting = (): void => {};
    offers.beginOurs();
    const outcome = await requests.send({
      method: 'INVITE',
      headers: headers(),
      body: { type: 'application/sdp', text: sdp },
      onSent: (transaction) => {
        stopWaiting();
        stopWaiting = startTimer(ANSWER_WAIT_MS, () => transaction.cancel());
      },
    });
    stopWaiting();
    offers.endOurs();
    if (outcome.kind === 'response' && outcome.response.status < 300) {
      // First, since the ACK goes to where the 2xx says (RFC 3261 section 12.2.1.2).
      this.#deps.onAccepted(outcome.response);
      requests.acknowledge(outcome.transaction);
    }
    return outcome;
  }

  /** Null: it was the last try. */
  #waitBeforeNext(outcome: DialogOutcome): number | null {
    const { isOwnerOfCallId, fraction, learnInterval } = this.#deps;
    if (outcome.kind !== 'response') return null;
    const { response } = outcome;
    if (response.status === 491) return glareWaitMs(isOwnerOfCallId, fraction());
    if (response.status === 422) return learnInterval(response) ? 0 : null;
    // It is still busy with an earlier one (section 14.2).
    const retryAfterMs = response.status === 500 ? readRetryAfterMs(response) : undefined;
    return retryAfterMs !== undefined && retryAfterMs <= MAX_RETRY_AFTER_MS ? retryAfterMs : null;
  }

  #conclude(outcome: DialogOutcome): string {
    if (outcome.kind === 'transport') throw new SipRequestError({ status: null, reason: outcome.reason });
    if (outcome.kind === 'timeout') throw new DialogLost({ status: null, reason: 'the gateway did not answer' });
    const { response } = outcome;
    const { status, reason } = response;
    if (status === 408 || status === 481) throw new DialogLost({ status, reason });
    if (status >= 300) throw new SipRequestError({ status, reason });
    const sdp = sdpOf(response);
    if (sdp === null) throw new SipRequestError({ status, reason: 'the gateway answered without SDP' });
    return sdp;
  }
}
