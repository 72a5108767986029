import { EventEmitter } from 'node:events';
import type { RTCSession } from 'jssip/lib/RTCSession.js';
import type { Logger } from '../../../observability/index.ts';
import { type SipRequest, type SipResponse, tagOf } from '../../message/index.ts';
import type { InviteFailure, OutgoingInvite, SipCall, SipCallEnd, SipCallEvents } from '../../SipStack.ts';
import type { ClientTransaction, ServerTransaction, SipRoute, SipTransportLayer } from '../../transport/index.ts';
import { earlyDialog } from '../agent/jssipInternals.ts';
import type { AgentCall, PeerAgent } from '../agent/PeerAgent.ts';
import { CallCredentials } from '../auth/CallCredentials.ts';
import { CallIdentity } from '../dialogs/CallIdentity.ts';
import { contactUri } from '../dialogs/contactUri.ts';
import { DialogSender } from '../dialogs/DialogSender.ts';
import { GatewayRequests } from '../dialogs/GatewayRequests.ts';
import { JsSipRequests } from '../dialogs/JsSipRequests.ts';
import { OwnerDescriptions } from '../dialogs/OwnerDescriptions.ts';
import { readQ850 } from '../dialogs/readReason.ts';
import { sendDigit } from '../dialogs/sendDigit.ts';
import { EarlyDialogs } from './EarlyDialogs.ts';
import { OpeningInvite } from './OpeningInvite.ts';

interface JsSipCallDeps {
  readonly layer: SipTransportLayer;
  readonly agent: PeerAgent;
  readonly logger: Logger;
  readonly userAgent: string;
  /** Runs once after the delay; returns how to stop it. */
  readonly startTimer: (delayMs: number, callback: () => void) => () => void;
  /** The terminal event is about to be emitted. */
  readonly onOver: () => void;
  /** Nothing of the call is on the wire any more. */
  readonly onReleased: () => void;
}

/**
 *   starting --INVITE sent--> inviting --2xx--> answering --JsSIP has ACKed--> up --bye()--> hangingUp
 *      |                        |  \                |                          |               |
 *      |                        |   \--cancel()--> cancelling --final--\       |               |
 *      \--no way, cancel()------\--failure, lost----\--unusable---------> over <--their BYE----/--answered, 5 s
 */
type Phase = 'starting' | 'inviting' | 'cancelling' | 'answering' | 'up' | 'hangingUp' | 'over';

/** How long `ended` waits for the answer to our BYE, which goes on being repeated meanwhile and after. */
const BYE_ANSWER_WAIT_MS = 5000;

/** One outgoing call: JsSIP's session, what is on the wire for it, and what the rest of the bridge is told. */
export class JsSipCall extends EventEmitter<SipCallEvents> implements SipCall, AgentCall {
  readonly sipCallId: string;
  readonly #deps: JsSipCallDeps;
  readonly #invite: OutgoingInvite;
  readonly #identity: CallIdentity;
  readonly #descriptions: OwnerDescriptions;
  readonly #opening: OpeningInvite;
  readonly #outgoing: JsSipRequests;
  readonly #incoming: GatewayRequests;
  readonly #onWire = new Set<ClientTransaction>();
  #phase: Phase = 'starting';
  /** The way of this call for as long as it lasts, whatever others find out about the gateway meanwhile. */
  #way: SipRoute | null = null;
  #session: RTCSession | null = null;
  #answer: string | null = null;
  #lastBye: SipRequest | null = null;
  #stopByeTimer: () => void = () => {};
  #isReleased = false;

  constructor(deps: JsSipCallDeps, invite: OutgoingInvite) {
    super();
    const { layer, agent, userAgent } = deps;
    const token = () => layer.token();
    const peerRoute = () => this.#route();
    const deliver = (text: string) => agent.deliver(text);
    this.#deps = deps;
    this.#invite = invite;
    this.sipCallId = token();
    const identity = new CallIdentity({ invite, callId: this.sipCallId, localTag: token() });
    const credentials = new CallCredentials({ credentials: invite.peer.credentials, token });
    const sender = new DialogSender({ layer, credentials, userAgent, peerRoute });
    this.#identity = identity;
    this.#descriptions = new OwnerDescriptions(invite, () => this.#phase === 'up');
    const early = new EarlyDialogs({
      identity,
      deliver,
      sendPrack: (dialogId, rack) => {
        if (this.#session === null) return;
        earlyDialog(this.#session, dialogId)?.sendRequest('PRACK', { extraHeaders: [`RAck: ${rack}`] });
      },
    });
    const track = (transaction: ClientTransaction) => this.#track(transaction);
    const contact = () => this.#contact();
    this.#opening = new OpeningInvite({
      ...{ layer, identity, credentials, sender, early, userAgent, contact, deliver, track },
      route: peerRoute,
      onSent: () => {
        this.#phase = 'inviting';
        this.#tell(() => this.emit('sent'));
      },
      onTrying: () => this.#tell(() => this.emit('trying')),
      onProgress: (progress) => this.#tell(() => this.emit('progress', progress)),
      onAccepted: (sdp) => {
        this.#phase = 'answering';
        this.#answer = sdp;
      },
      onUnusable: () => this.#jssipFailed(),
      onFailed: (failure) => this.#fail(failure),
    });
    this.#outgoing = new JsSipRequests({
      ...{ layer, identity, credentials, sender, deliver, peerRoute, track },
      onByeAnswered: (end) => this.#byeAnswered(end),
    });
    this.#incoming = new GatewayRequests({
      ...{ identity, token, deliver, contact },
      phase: () => this.#dialogPhase(),
      onBye: ({ request }) => {
        this.#lastBye = request;
      },
      answerEarly: () => (early.hasReliableAnswer ? (offer) => invite.onRemoteOffer(offer) : null),
      takeRefusal: () => this.#descriptions.takeRefusal(),
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
      const { session, callId, fromTag } = this.#deps.agent.startSession(this, this.#descriptions);
      this.#session = session;
      this.#identity.jssip = { callId, fromTag };
      session.on('confirmed', () => this.#confirmed());
      session.on('failed', () => this.#jssipFailed());
      session.on('ended', ({ originator, cause }) => this.#jssipEnded(String(originator), String(cause)));
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
      if (transaction !== null && !this.#opening.branches.has(branch)) this.#outgoing.acknowledge(request, transaction);
    } else if (request.method !== 'CANCEL') this.#outgoing.send(request, branch);
  }

  respondFromJsSip(response: SipResponse, branch: string): void {
    this.#incoming.respondFromJsSip(response, branch);
  }

  /** JsSIP has sent the ACK. */
  #confirmed(): void {
    for (const branch of this.#opening.branches) this.#deps.agent.finishInvite(branch);
    if (this.#phase === 'answering' && this.#answer !== null) {
      const sdp = this.#answer;
      this.#phase = 'up';
      this.#tell(() => this.emit('answered', { sdp }));
    } else if (this.#phase === 'over') this.#terminate();
  }

  /** Before the answer JsSIP only says what it was told. Giving up over a 2xx is another matter: the far end must hear of it. */
  #jssipFailed(): void {
    if (this.#phase !== 'answering') return;
    this.#opening.hangUp();
    this.#fail({ kind: 'protocol', reason: 'the answer of the gateway could not be used' });
  }

  #jssipEnded(originator: string, cause: string): void {
    if (this.#phase !== 'up') return;
    if (this.#lastBye === null) {
      this.#end({ by: 'transport', reason: originator === 'remote' ? cause : `the dialog was lost (${cause})` });
      return;
    }
    const q850 = readQ850(this.#lastBye);
    const reason = this.#lastBye.headers.get('Reason');
    this.#end({ by: 'remote', ...(q850 === undefined ? {} : { q850 }), ...(reason === undefined ? {} : { reason }) });
  }

  cancel(reason?: { status: number; text: string }): void {
    if (this.#phase === 'up') this.bye();
    // Its ACK is microtasks away; `#confirmed` sends the BYE.
    if (this.#phase === 'answering') queueMicrotask(() => this.#fail({ kind: 'cancelled' }));
    if (this.#phase !== 'starting' && this.#phase !== 'inviting') return;
    this.#phase = 'cancelling';
    this.#opening.cancel(reason && `SIP;cause=${reason.status};text="${plain(reason.text)}"`);
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
    this.#stopByeTimer = this.#deps.startTimer(BYE_ANSWER_WAIT_MS, () =>
      this.#byeAnswered({ reason: 'the gateway did not answer the BYE' }),
    );
    this.#terminate(reason && `Reason: Q.850;cause=${reason.q850};text="${plain(reason.text)}"`);
  }

  #terminate(header?: string): void {
    try {
      this.#session?.terminate(header === undefined ? {} : { extraHeaders: [header] });
    } catch (error) {
      this.#deps.logger.debug({ error }, 'JsSIP had ended the session already');
    }
  }

  #byeAnswered(end: { status?: number; reason?: string }): void {
    if (this.#phase === 'hangingUp') this.#end({ by: 'local', ...end });
  }

  sendInfoDtmf(digit: string, durationMs: number): Promise<void> {
    if (this.#phase !== 'up' || this.#session === null) return Promise.reject(new Error('the call is not up'));
    return sendDigit(this.#session, digit, durationMs);
  }

  /** A request of the gateway with this call's Call-ID. */
  receive(transaction: ServerTransaction): void {
    this.#incoming.receive(transaction);
  }

  /** Ends without waiting for anyone: the stack closes. */
  drop(): void {
    if (this.#phase === 'up' || this.#phase === 'hangingUp') {
      this.#end({ by: 'local', reason: 'the stack was closed' });
    } else this.#fail({ kind: 'cancelled' });
  }

  /** A listener that throws must not make JsSIP give up the call, within whose promises this may run. */
  #tell(emit: () => void): void {
    try {
      emit();
    } catch (error) {
      this.#deps.logger.error({ error, callId: this.#invite.callId }, 'a listener of a SIP call failed');
    }
  }

  #fail(failure: InviteFailure): void {
    if (this.#over()) this.#tell(() => this.emit('failed', failure));
  }

  #end(end: SipCallEnd): void {
    if (this.#over()) this.#tell(() => this.emit('ended', end));
  }

  /** True the first time. */
  #over(): boolean {
    if (this.#phase === 'over') return false;
    this.#phase = 'over';
    this.#stopByeTimer();
    // JsSIP's session still waits where nothing ever came for it, e.g. after a cancel before any answer.
    if (this.#session !== null && !this.#opening.hasResponse && !this.#session.isEnded()) this.#terminate();
    this.#deps.onOver();
    this.#releaseIfDone();
    return true;
  }

  #track(transaction: ClientTransaction): ClientTransaction {
    this.#onWire.add(transaction);
    transaction.on('terminated', () => {
      this.#onWire.delete(transaction);
      this.#releaseIfDone();
    });
    return transaction;
  }

  #releaseIfDone(): void {
    if (this.#isReleased || this.#phase !== 'over' || this.#onWire.size > 0) return;
    this.#isReleased = true;
    this.#deps.onReleased();
    if (this.#identity.jssip !== null) this.#deps.agent.release(this.#identity.jssip.callId);
  }

  #dialogPhase(): 'early' | 'up' | 'over' {
    if (this.#phase === 'up' || this.#phase === 'answering') return 'up';
    return this.#phase === 'over' || this.#phase === 'hangingUp' ? 'over' : 'early';
  }

  #route(): SipRoute {
    if (this.#way === null) throw new Error('nothing can be sent before the gateway was looked up');
    return this.#way;
  }

  #contact(): string {
    return `<${contactUri(this.#route())}>`;
  }
}

/** Text that fits between quotes. */
function plain(text: string): string {
  return text.replace(/[^ -!#-[\]-~]/g, '');
}
