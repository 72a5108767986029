import { MAX_FORWARDS, type SipRequest, type SipResponse, tagOf } from '../../message/index.ts';
import type { InviteFailure, OutgoingInvite, SipCall, SipCallEnd, SipCallEvents } from '../../port/index.ts';
import type { SipRoute } from '../../transport/index.ts';
import { earlyDialog } from '../agent/jssipInternals.ts';
import type { AgentCall } from '../agent/PeerAgent.ts';
import { type CallDeps, CallDialog, quotable } from '../dialogs/CallDialog.ts';
import { DialogCall } from '../dialogs/DialogCall.ts';
import { OwnerDescriptions } from '../dialogs/OwnerDescriptions.ts';
import { EarlyDialogs } from './EarlyDialogs.ts';
import { InviteNames } from './InviteNames.ts';
import { OpeningInvite } from './OpeningInvite.ts';
import { preloadedRoutes } from './preloadedRoutes.ts';

/**
 *   starting --INVITE sent--> inviting --2xx--> answering --JsSIP has ACKed--> up --bye()--> hangingUp
 *      |                        |  \                |                          |               |
 *      |                        |   \--cancel()--> cancelling --final--\       |               |
 *      \--no way, cancel()------\--failure, lost----\--unusable---------> over <--their BYE----/--answered, 5 s
 */
type Phase = 'starting' | 'inviting' | 'cancelling' | 'answering' | 'up' | 'hangingUp' | 'over';

/** One call to a gateway: JsSIP's session, what is on the wire for it, and what the rest of the bridge is told. */
export class OutgoingCall extends DialogCall<SipCallEvents> implements SipCall, AgentCall {
  readonly sipCallId: string;
  readonly peerId: string;
  /** Of our side of the dialog. */
  readonly localTag: string;
  protected readonly logger: CallDeps['logger'];
  readonly #deps: CallDeps;
  readonly #invite: OutgoingInvite;
  protected readonly dialog: CallDialog;
  readonly #descriptions: OwnerDescriptions;
  readonly #opening: OpeningInvite;
  #phase: Phase = 'starting';
  /** The way of this call for as long as it lasts, whatever others find out about the gateway meanwhile. */
  #way: SipRoute | null = null;
  #answer: string | null = null;

  /** `serviceRoute`: what the gateway's registrar wants its requests to go by (RFC 3608). */
  constructor(deps: CallDeps, invite: OutgoingInvite, serviceRoute: readonly string[]) {
    super();
    const { layer, agent, userAgent } = deps;
    this.#deps = deps;
    this.logger = deps.logger;
    this.#invite = invite;
    this.peerId = invite.peer.id;
    this.sipCallId = layer.token();
    this.localTag = layer.token();
    this.#descriptions = new OwnerDescriptions({
      first: { type: 'offer', sdp: invite.offer },
      handlers: invite,
      isUp: () => this.#phase === 'up',
    });
    const dialog = new CallDialog(deps, {
      callId: this.sipCallId,
      localTag: this.localTag,
      peer: invite.peer,
      peerRoute: () => this.#route(),
      phase: () => this.#dialogPhase(),
      answerEarly: ({ headers }) => {
        if (!early.hasReliableAnswer) return 491;
        return async (offer) => {
          const sdp = await invite.onRemoteOffer(offer);
          early.note(tagOf(headers.get('From')) ?? '', offer);
          this.#descriptions.note(sdp, offer);
          return sdp;
        };
      },
      descriptions: () => this.#descriptions,
      isOwnerOfCallId: true,
      onLost: (end) => this.#lost(end),
      onReferred: (referral) => this.emit('referred', referral),
      onRetargeted: () => this.tell(() => this.emit('retargeted')),
      onDigits: (digits) => this.tell(() => this.emit('digitsPressed', digits)),
    });
    this.dialog = dialog;
    const { identity, credentials, sender } = dialog;
    const deliver = (text: string) => agent.deliver(text);
    const early = new EarlyDialogs({
      identity,
      deliver,
      sendPrack: (dialogId, rack) => {
        if (dialog.session === null) return;
        earlyDialog(dialog.session, dialogId)?.sendRequest('PRACK', { extraHeaders: [`RAck: ${rack}`] });
      },
    });
    this.#opening = new OpeningInvite({
      ...{ layer, identity, credentials, sender, early, userAgent, deliver },
      names: new InviteNames(invite, this.localTag),
      routes: () => preloadedRoutes(invite.peer, serviceRoute),
      contact: () => dialog.contact(),
      maxForwards: invite.maxForwards ?? MAX_FORWARDS,
      timerHeaders: () => dialog.established.timer.requestHeaders(),
      learnInterval: (response) => dialog.established.timer.learn(response),
      track: (transaction) => dialog.track(transaction),
      route: () => this.#route(),
      onSent: () => {
        this.#phase = 'inviting';
        this.tell(() => this.emit('sent'));
      },
      onTrying: () => this.tell(() => this.emit('trying')),
      onProgress: (progress) => this.tell(() => this.emit('progress', progress)),
      onDialogMessage: (response) => dialog.established.abilities.note(response),
      onAccepted: (sdp, response) => {
        dialog.established.timer.settle(response);
        this.#phase = 'answering';
        this.#answer = sdp;
      },
      onUnusable: () => this.#jssipFailed(),
      onFailed: (failure) => this.#fail(failure),
    });
  }

  /** The INVITE leaves within microtasks where the way to the gateway is known, after a look-up otherwise. */
  start(): void {
    const { agent } = this.#deps;
    const { destination } = this.#invite;
    const known = destination === undefined ? null : agent.knownRoute(destination);
    if (known !== null) {
      this.#startSession(known);
      return;
    }
    agent.routeTo(destination).then(
      (route) => this.#startSession(route),
      (error: Error) => this.#fail({ kind: 'transport', reason: error.message }),
    );
  }

  #startSession(way: SipRoute): void {
    if (this.#phase !== 'starting') return;
    this.#way = way;
    try {
      const { session, callId, localTag } = this.#deps.agent.startSession(this, this.#descriptions);
      this.dialog.session = session;
      this.dialog.identity.jssip = { callId, localTag };
      session.on('confirmed', () => this.#confirmed());
      session.on('failed', () => this.#jssipFailed());
      session.on('ended', ({ originator, cause }) => {
        if (this.#phase === 'up') this.#end(this.dialog.readEnd(String(originator), String(cause)));
      });
    } catch (error) {
      this.#deps.logger.error({ error, callId: this.#invite.callId }, 'JsSIP would not begin a call');
      this.#fail({ kind: 'protocol', reason: 'the call could not be begun' });
    }
  }

  sendFromJsSip(request: SipRequest, branch: string): void {
    const isInitial = tagOf(request.headers.get('To')) === undefined;
    if (request.method === 'INVITE' && isInitial) this.#opening.send(request, branch);
    else if (request.method === 'ACK') {
      // The ACK of a failure is the transaction layer's own affair.
      const { transaction } = this.#opening;
      if (transaction !== null && !this.#opening.branches.has(branch)) {
        this.dialog.requests.acknowledge(request, transaction);
      }
    } else if (request.method !== 'CANCEL') this.dialog.requests.send(request, branch);
  }

  respondFromJsSip(response: SipResponse, branch: string): void {
    this.dialog.respondFromJsSip(response, branch);
  }

  /** JsSIP has sent the ACK. */
  #confirmed(): void {
    for (const branch of this.#opening.branches) this.#deps.agent.finishInvite(branch);
    if (this.#phase === 'answering' && this.#answer !== null) {
      const sdp = this.#answer;
      this.#phase = 'up';
      this.tell(() => this.emit('answered', { sdp }));
    } else if (this.#phase === 'over') this.dialog.terminate();
  }

  /** Before the answer JsSIP only says what it was told. Giving up over a 2xx is another matter: the far end must hear of it. */
  #jssipFailed(): void {
    if (this.#phase !== 'answering') return;
    this.#opening.hangUp();
    this.#fail({ kind: 'protocol', reason: 'the answer of the gateway could not be used' });
  }

  cancel(reason?: { status: number; text: string }): void {
    if (this.#phase === 'up') this.bye();
    // Its ACK is microtasks away; `#confirmed` sends the BYE.
    if (this.#phase === 'answering') queueMicrotask(() => this.#fail({ kind: 'cancelled' }));
    if (this.#phase !== 'starting' && this.#phase !== 'inviting') return;
    this.#phase = 'cancelling';
    this.#opening.cancel(reason && `SIP;cause=${reason.status};text="${quotable(reason.text)}"`);
    if (this.#opening.hasResponse) return;
    // Nothing was heard yet, so there is nothing to confirm; a late 18x gets its CANCEL, a late 2xx its BYE all the same.
    queueMicrotask(() => this.#fail({ kind: 'cancelled' }));
  }

  bye(reason?: { q850: number; text: string }): void {
    if (this.#phase !== 'up') {
      this.cancel();
      return;
    }
    this.#phase = 'hangingUp';
    this.dialog.beginHangUp((end) => {
      if (this.#phase === 'hangingUp') this.#end(end);
    });
    this.dialog.sendBye(reason);
  }

  protected get isUp(): boolean {
    return this.#phase === 'up';
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
    if (this.#phase === 'up' || this.#phase === 'hangingUp') {
      this.#end({ by: 'local', reason: 'the stack was closed' });
    } else this.#fail({ kind: 'cancelled' });
  }

  #fail(failure: InviteFailure): void {
    if (this.#over()) this.tell(() => this.emit('failed', failure));
  }

  #end(end: SipCallEnd): void {
    if (this.#over()) this.tell(() => this.emit('ended', end));
  }

  /** True the first time. */
  #over(): boolean {
    if (this.#phase === 'over') return false;
    this.#phase = 'over';
    // JsSIP's session still waits where nothing ever came for it, e.g. after a cancel before any answer.
    if (!this.#opening.hasResponse && this.dialog.session?.isEnded() === false) this.dialog.terminate();
    this.dialog.finish();
    return true;
  }

  #dialogPhase(): 'early' | 'up' | 'over' {
    if (this.#phase === 'up' || this.#phase === 'answering') return 'up';
    return this.#phase === 'over' || this.#phase === 'hangingUp' ? 'over' : 'early';
  }

  #route(): SipRoute {
    if (this.#way === null) throw new Error('nothing can be sent before the gateway was looked up');
    return this.#way;
  }
}
