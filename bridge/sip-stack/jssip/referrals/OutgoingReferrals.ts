import { parseParams, type SipRequest } from '../../message/index.ts';
import type { SipDialog, SipReferral, SipRequestFailure } from '../../port/index.ts';
import type { DialogOutcome, DialogRequests } from '../established/DialogRequests.ts';
import { OutgoingReferral } from './OutgoingReferral.ts';
import { formatReferTo } from './referTo.ts';
import { readSipfrag } from './sipfrag.ts';

export interface OutgoingReferralsDeps {
  readonly requests: DialogRequests;
  readonly startTimer: (delayMs: number, callback: () => void) => () => void;
  readonly onListenerError: (error: unknown) => void;
  /** Host part of Refer-To, as in request URIs to this gateway. */
  readonly domain: string;
  /** Value of our Contact. */
  readonly contact: () => string;
  /** Who refers (RFC 3892): our URI in the dialog. */
  readonly referredBy: () => string;
  /** The dialog is no more. */
  readonly onLost: (failure: SipRequestFailure) => void;
}

/** REFERs of ours in one call, and the NOTIFYs that say what became of them. */
export class OutgoingReferrals {
  readonly #deps: OutgoingReferralsDeps;
  /** Those that are over stay, so that their last NOTIFYs find them. */
  readonly #referrals: OutgoingReferral[] = [];

  constructor(deps: OutgoingReferralsDeps) {
    this.#deps = deps;
  }

  send({ user, replaces }: Parameters<SipDialog['refer']>[0]): SipReferral {
    const { requests, domain, contact, referredBy } = this.#deps;
    const referral = new OutgoingReferral(this.#deps);
    this.#referrals.push(referral);
    const referTo = formatReferTo({ user, domain, ...(replaces && { replaces }) });
    const request = {
      method: 'REFER',
      headers: [
        ['Refer-To', referTo],
        ['Referred-By', `<${referredBy()}>`],
        ['Contact', contact()],
      ] as const,
      onSent: (_: unknown, sequence: number) => referral.sequences.add(sequence),
    };
    requests.send(request).then((outcome) => this.#answered(referral, outcome));
    return referral.events;
  }

  /** Status for a NOTIFY of theirs. */
  takeNotify({ headers, body }: SipRequest): { status: number; reason?: string } {
    const [name = '', ...rest] = (headers.get('Event') ?? '').split(';');
    if (name.trim().toLowerCase() !== 'refer') return { status: 489, reason: 'Bad Event' };
    const referral = this.#find(parseParams(rest.join(';'))?.get('id') ?? null);
    if (referral === undefined) return { status: 481, reason: 'Subscription Does Not Exist' };
    const isLast = /^\s*terminated\b/i.test(headers.get('Subscription-State') ?? '');
    referral.take(readSipfrag(body), isLast);
    return { status: 200 };
  }

  close(): void {
    for (const referral of this.#referrals) referral.close();
  }

  /** Without an id it is for the one that is under way (RFC 3515 section 2.4.6). */
  #find(id: string | null): OutgoingReferral | undefined {
    if (id !== null) return this.#referrals.findLast(({ sequences }) => sequences.has(Number(id)));
    return this.#referrals.findLast(({ isOver }) => !isOver) ?? this.#referrals.at(-1);
  }

  #answered(referral: OutgoingReferral, outcome: DialogOutcome): void {
    // Not answered: the call is left alone, since some gateways drop what they don't know. Where it is gone, what comes next shows it.
    if (outcome.kind === 'timeout') referral.fail({ status: null, reason: 'the gateway did not answer' });
    else if (outcome.kind === 'transport') referral.fail({ status: null, reason: outcome.reason });
    else if (outcome.response.status < 300) referral.accept();
    else {
      const { status, reason } = outcome.response;
      referral.fail({ status, reason });
      if (status === 481) this.#deps.onLost({ status, reason });
    }
  }
}
