import type { SipRequest, SipResponse } from '../../message/index.ts';
import type { IncomingSipCall, SipCallEnd, SipPeer } from '../../port/index.ts';
import type { ServerTransaction, SipRoute } from '../../transport/index.ts';
import type { AgentCall } from '../agent/PeerAgent.ts';
import { type CallDeps, CallDialog } from '../dialogs/CallDialog.ts';
import { type OfferHandlers, OwnerDescriptions } from '../dialogs/OwnerDescriptions.ts';
import { sdpOf } from '../dialogs/sdpOf.ts';
import { AnswerSession } from './AnswerSession.ts';
import { EarlyOffers } from './EarlyOffers.ts';
import { InvitedCall } from './InvitedCall.ts';
import { PendingInvite } from './PendingInvite.ts';
import { takeEarlyRequest } from './takeEarlyRequest.ts';

interface IncomingCallOptions {
  readonly peer: SipPeer;
  readonly transaction: ServerTransaction;
  /** Back to where the INVITE came from. */
  readonly route: SipRoute;
  /** Octets for our first RSeq. */
  readonly firstSequence: number;
}

/**
 *   ringing --answer()--> answering --ACK--> up --bye()--> hangingUp --answered, 5 s--> over
 *      |                      |  \            |                 \------ their BYE -------^
 *      |                      |   \--bye()----|--> hangingUp: the BYE waits for the ACK  |
 *      \--reject(), CANCEL, lost, expired-----\--their BYE, no ACK in 64*T1 (BYE) -------/
 */
type Phase = 'ringing' | 'answering' | 'up' | 'hangingUp' | 'over';

/** One call from a gateway. JsSIP hears of it when it is answered: until then there is nothing that it would know better. */
export class IncomingCall extends InvitedCall implements IncomingSipCall, AgentCall {
  /** Of our side of the dialog. */
  readonly localTag: string;
  protected readonly logger: CallDeps['logger'];
  readonly #deps: CallDeps;
  readonly #transaction: ServerTransaction;
  readonly #invite: PendingInvite;
  readonly #early: EarlyOffers;
  protected readonly dialog: CallDialog;
  #descriptions: OwnerDescriptions | null = null;
  #phase: Phase = 'ringing';
  #session: AnswerSession | null = null;
  #isAcknowledged = false;
  #confirmedSdp: string | null = null;
  #byeReason: { q850: number; text: string } | undefined;

  constructor(deps: CallDeps, options: IncomingCallOptions) {
    super(options);
    const { transaction, peer, route } = options;
    const { request } = transaction;
    this.#deps = deps;
    this.logger = deps.logger;
    this.#transaction = transaction;
    this.localTag = deps.layer.token();
    this.dialog = new CallDialog(deps, {
      callId: this.sipCallId,
      localTag: this.localTag,
      peer,
      peerRoute: () => route,
      phase: () => this.#dialogPhase(),
      answerEarly: () => this.#early.answerer(),
      isOwnerOfCallId: false,
      onLost: (end) => this.#lost(end),
      onReferred: (referral) => this.emit('referred', referral),
      onRetargeted: () => this.tell(() => this.emit('retargeted')),
      onDigits: (digits) => this.tell(() => this.emit('digitsPressed', digits)),
      descriptions: () => this.#descriptions,
      takeEarly: (early) =>
        takeEarlyRequest(early, () => {
          this.#invite.refuse({ status: 487 });
          this.#givenUp();
        }),
      takePrack: (prack) => this.#invite.takePrack(prack),
    });
    this.dialog.track(transaction);
    this.dialog.established.abilities.note(request);
    this.#invite = new PendingInvite({
      transaction,
      localTag: this.localTag,
      contact: () => this.dialog.contact(),
      timerHeaders: () => this.dialog.established.timer.answerHeaders(request),
      userAgent: deps.userAgent,
      startTimer: deps.startTimer,
      firstSequence: options.firstSequence,
      onGivenUp: () => this.#givenUp(),
    });
    this.#early = new EarlyOffers(this.#invite);
    transaction.on('acknowledged', (ack) => this.#acknowledged(ack));
    transaction.on('unacknowledged', () => this.#unacknowledged());
    this.#invite.trying();
  }

  ring(): void {
    if (this.#phase === 'ringing') this.#invite.progress(180, null);
  }

  progress(sdp: string, handlers?: OfferHandlers): void {
    if (this.#phase !== 'ringing') return;
    this.#early.handlers = handlers ?? null;
    this.#invite.progress(183, sdp);
  }

  answer(sdp: string, handlers: OfferHandlers): void {
    if (this.#phase !== 'ringing') return;
    this.#phase = 'answering';
    this.#descriptions = new OwnerDescriptions({
      first: { type: this.offer === null ? 'offer' : 'answer', sdp },
      remote: this.offer,
      handlers,
      isUp: () => this.#phase === 'up',
    });
    const session = new AnswerSession({
      ...this.#deps,
      ...{ dialog: this.dialog, invite: this.#invite, hasOffer: this.offer !== null },
      sdp: () => (this.#early.agreed === null ? sdp : null),
      onConfirmed: () => this.#confirmed(),
      onFailed: (reason) => this.#unanswerable(reason),
      onEnded: (originator, cause) => this.#ended(originator, cause),
    });
    this.#invite.whenReady(() => {
      if (this.#phase !== 'answering' || this.#descriptions === null) return;
      const { agreed } = this.#early;
      if (agreed !== null) this.#descriptions.note(agreed.local, agreed.remote);
      this.#session = session;
      session.start(this, this.#descriptions);
    });
  }

  reject(answer: { status: number; reason?: string; retryAfterMs?: number; q850?: number }): void {
    const { status } = answer;
    if (!Number.isInteger(status) || status < 300 || status > 699)
      throw new RangeError('a final refusal is 300 to 699');
    if (this.#phase !== 'ringing') return;
    this.#invite.refuse(answer);
    this.#over();
  }

  bye(reason?: { q850: number; text: string }): void {
    if (this.#phase === 'ringing') {
      this.reject({ status: 487, ...(reason === undefined ? {} : { q850: reason.q850 }) });
      return;
    }
    if (this.#phase !== 'answering' && this.#phase !== 'up') return;
    if (!this.#transaction.hasFinal) {
      this.#invite.refuse({ status: 487 });
      this.dialog.terminate();
      this.#end({ by: 'local' });
      return;
    }
    this.#phase = 'hangingUp';
    this.#byeReason = reason;
    this.dialog.beginHangUp((end) => {
      if (this.#phase === 'hangingUp') this.#end(end);
    });
    // Not before the ACK (RFC 3261 section 15).
    if (this.#isAcknowledged) this.dialog.sendBye(reason);
  }

  protected get isUp(): boolean {
    return this.#phase === 'up';
  }

  sendFromJsSip(request: SipRequest, branch: string): void {
    if (request.method !== 'ACK' && request.method !== 'CANCEL') this.dialog.requests.send(request, branch);
  }

  respondFromJsSip(response: SipResponse, branch: string): void {
    const isAnswered = this.#transaction.hasFinal || this.#phase === 'over';
    if (this.#session?.takeResponse(response, branch, isAnswered) !== true) {
      this.dialog.respondFromJsSip(response, branch);
    }
  }

  #lost(end: SipCallEnd): void {
    if (this.#phase !== 'up') return;
    this.#phase = 'hangingUp';
    // Before the end, after which nobody would see to the BYE.
    this.dialog.terminate();
    this.#end(end);
  }

  /** Ends without waiting for anyone: the stack closes. */
  drop(): void {
    if (this.#phase === 'ringing') this.reject({ status: 503 });
    else this.#end({ by: 'local', reason: 'the stack was closed' });
  }

  #acknowledged(ack: SipRequest): void {
    if (this.#session === null) return;
    this.#isAcknowledged = true;
    this.#confirmedSdp = this.offer === null ? (sdpOf(ack) ?? this.#invite.earlyAnswer) : null;
    this.#session.deliverAck(ack, this.#confirmedSdp);
    if (this.#phase === 'hangingUp' || this.#phase === 'over') this.dialog.sendBye(this.#byeReason);
  }

  #confirmed(): void {
    if (this.#phase !== 'answering') return;
    this.#phase = 'up';
    this.tell(() => this.emit('confirmed', { sdp: this.#confirmedSdp }));
  }

  /** RFC 3261 section 13.3.1.4: the far end may be up, so it hears a BYE. */
  #unacknowledged(): void {
    if (this.#session === null || this.dialog.session?.isEnded() !== false) return;
    this.#end({ by: 'transport', status: 408, reason: 'the gateway never acknowledged the answer' });
    // JsSIP waits for an ACK before it sends its BYE.
    this.#session.deliverAck({ ...this.#transaction.request, method: 'ACK' }, null);
    this.dialog.terminate();
  }

  /** JsSIP gave up: before the 2xx the gateway is told, after it has its BYE from JsSIP. */
  #unanswerable(reason: string): void {
    if (this.#phase === 'over') return;
    if (!this.#transaction.hasFinal) this.#invite.refuse({ status: 500 });
    this.#end({ by: 'local', reason });
  }

  #ended(originator: string, cause: string): void {
    if (this.#phase === 'hangingUp' && originator === 'local') return;
    if (this.#phase === 'ringing') return;
    // The ACK carried no answer to our offer, and JsSIP has sent a BYE.
    if (originator === 'local') this.#end({ by: 'local', reason: `the call could not go on (${cause})` });
    else this.#end(this.dialog.readEnd(originator, cause));
  }

  /** The gateway no longer waits for the answer. */
  #givenUp(): void {
    if (this.#phase === 'ringing') {
      if (this.#over()) this.tell(() => this.emit('cancelled'));
    } else if (this.#phase === 'answering') {
      // Too late for an owner who has answered to hear `cancelled`.
      this.dialog.terminate();
      this.#end({ by: 'remote', status: 487 });
    }
  }

  #dialogPhase(): 'early' | 'up' | 'over' {
    if (this.#phase === 'over') return 'over';
    if (!this.#transaction.hasFinal) return 'early';
    return this.#phase === 'hangingUp' ? 'over' : 'up';
  }

  #end(end: SipCallEnd): void {
    if (this.#over()) this.tell(() => this.emit('ended', end));
  }

  /** True the first time. */
  #over(): boolean {
    if (this.#phase === 'over') return false;
    this.#phase = 'over';
    this.dialog.finish();
    return true;
  }
}
