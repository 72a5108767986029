import {
  formatUri,
  parseNameAddr,
  type SipMessage,
  type SipRequest,
  type SipResponse,
  tagOf,
} from '../../message/index.ts';
import type {
  IncomingReferral,
  SipCallEnd,
  SipDialog,
  SipDialogId,
  SipDialogSnapshot,
  SipReferral,
  SipRequestFailure,
} from '../../port/index.ts';
import { capabilityHeaders } from '../capabilities.ts';
import type { OwnerDescriptions } from '../dialogs/OwnerDescriptions.ts';
import { IncomingReferrals } from '../referrals/IncomingReferrals.ts';
import { OutgoingReferrals, type OutgoingReferralsDeps } from '../referrals/OutgoingReferrals.ts';
import { Refresher } from '../session-timers/Refresher.ts';
import { SessionTimer } from '../session-timers/SessionTimer.ts';
import { DialogRequests, type DialogRequestsDeps } from './DialogRequests.ts';
import { idOf, snapshotOf, uriOf } from './dialogNames.ts';
import { OpenOffers } from './OpenOffers.ts';
import { type Offer, Reinvites } from './Reinvites.ts';
import { RemoteAbilities } from './RemoteAbilities.ts';

interface EstablishedDialogDeps extends DialogRequestsDeps, Pick<OutgoingReferralsDeps, 'domain' | 'onListenerError'> {
  /** Value of our Contact. */
  readonly contact: () => string;
  /** We made the Call-ID: the call is ours. */
  readonly isOwnerOfCallId: boolean;
  readonly startTimer: (delayMs: number, callback: () => void) => () => void;
  /** The dialog is no more: the call ends. */
  readonly onLost: (end: SipCallEnd) => void;
  /** False where nobody listens. */
  readonly onReferred: (referral: IncomingReferral) => boolean;
  /** The gateway's Contact is another one. */
  readonly onRetargeted: () => void;
  /** Seconds of a session timer that we ask for; null: none. */
  readonly sessionSeconds: number | null;
  /** Offers and answers so far; null before the answer. */
  readonly descriptions: () => OwnerDescriptions | null;
}

type Header = readonly [name: string, value: string];

/** What happens in an answered call without JsSIP: re-INVITEs of ours, and whatever else JsSIP would do in its own way. */
export class EstablishedDialog {
  readonly abilities = new RemoteAbilities();
  readonly offers = new OpenOffers();
  readonly #deps: EstablishedDialogDeps;
  readonly #reinvites: Reinvites;
  readonly #referrals: OutgoingReferrals;
  readonly referrals: IncomingReferrals;
  readonly timer: SessionTimer;

  constructor(deps: EstablishedDialogDeps) {
    const { layer, identity, contact, isOwnerOfCallId, startTimer, descriptions, sessionSeconds } = deps;
    const requests = new DialogRequests(deps);
    const onLost = (failure: SipRequestFailure) => this.#lost(failure);
    this.#deps = deps;
    this.referrals = new IncomingReferrals({ ...deps, requests });
    this.#referrals = new OutgoingReferrals({
      ...{ ...deps, requests, onLost },
      referredBy: () => uriOf(identity.established?.local ?? ''),
    });
    const changing = {
      ...{ requests, onLost },
      headers: (): Header[] => [['Contact', contact()], ...capabilityHeaders(), ...this.timer.requestHeaders()],
      learnInterval: (response: SipResponse) => this.timer.learn(response),
      onAccepted: (response: SipResponse) => {
        this.#noteChange(response, tagOf(identity.established?.remote));
        this.timer.settle(response);
      },
    };
    this.#reinvites = new Reinvites({
      ...{ ...changing, isOwnerOfCallId, startTimer, offers: this.offers },
      fraction: () => Number.parseInt(layer.token().slice(0, 8), 16) / 2 ** 32,
      onAgreed: (local, remote) => descriptions()?.note(local, remote),
    });
    const refresher = new Refresher({
      ...{ ...changing, descriptions, reinvites: this.#reinvites },
      takesUpdate: () => this.abilities.methods.includes('UPDATE'),
    });
    this.timer = new SessionTimer({
      ...{ startTimer, wantedSeconds: sessionSeconds },
      refresh: () => refresher.refresh(),
      onExpired: () => this.#lost({ status: null, reason: 'nobody refreshed the session' }),
    });
  }

  get id(): SipDialogId | null {
    const dialog = this.#deps.identity.established;
    return dialog === null ? null : idOf(dialog);
  }

  snapshot(): SipDialogSnapshot | null {
    const dialog = this.#deps.identity.established;
    return dialog === null ? null : snapshotOf(dialog);
  }

  reinvite(offer: Offer): Promise<string> {
    return this.#reinvites.send(offer);
  }

  refer(to: Parameters<SipDialog['refer']>[0]): SipReferral {
    return this.#referrals.send(to);
  }

  /** Status for a NOTIFY of theirs. */
  takeNotify(request: SipRequest): { status: number; reason?: string } {
    return this.#referrals.takeNotify(request);
  }

  /** A re-INVITE or UPDATE of theirs is about to be answered with 2xx: headers for that. */
  change(request: SipRequest): readonly Header[] {
    this.#noteChange(request, tagOf(request.headers.get('From')));
    return [...capabilityHeaders(), ...this.timer.answerHeaders(request)];
  }

  close(): void {
    this.timer.close();
    this.#reinvites.close();
    this.#referrals.close();
    this.referrals.close();
  }

  /** Whoever it is reached at may have moved (RFC 3261 section 12.2). */
  #noteChange(message: SipMessage, remoteTag: string | undefined): void {
    this.abilities.note(message);
    const contact = parseNameAddr(message.headers.get('Contact') ?? '');
    if (contact === null || remoteTag === undefined) return;
    if (this.#deps.identity.retarget(remoteTag, formatUri(contact.uri))) this.#deps.onRetargeted();
  }

  #lost({ status, reason }: SipRequestFailure): void {
    this.#deps.onLost({
      by: 'transport',
      ...(status === null ? {} : { status }),
      reason: `the dialog was lost (${reason})`,
    });
  }
}
