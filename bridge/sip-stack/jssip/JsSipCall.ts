import { EventEmitter } from 'node:events';
import type { RTCSession } from 'jssip/lib/RTCSession.js';
import type { Logger } from '../../observability/index.ts';
import { createRequest, formatHost, parseCSeq, type SipRequest, type SipResponse, tagOf } from '../message/index.ts';
import type { InviteFailure, OutgoingInvite, SipCall, SipCallEnd, SipCallEvents } from '../SipStack.ts';
import type { ClientTransaction, ServerTransaction, SipRoute, SipTransportLayer } from '../transport/index.ts';
import { CallCredentials } from './CallCredentials.ts';
import { CallIdentity } from './CallIdentity.ts';
import { ALLOW, SUPPORTED } from './capabilities.ts';
import { DialogSender, remoteTagOf } from './DialogSender.ts';
import { GatewayRequests } from './GatewayRequests.ts';
import { earlyDialog, sendInDialog } from './jssipInternals.ts';
import type { AgentCall, PeerAgent } from './PeerAgent.ts';
import { ReliableProvisionals } from './ReliableProvisionals.ts';
import { readQ850, readRetryAfterMs } from './readReason.ts';
import { sdpOf } from './sdpOf.ts';

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
 *       \          \--cancel()--> cancelling --final--\        \--unusable--\     \--BYE of theirs--\   \--answer or 5 s--\
 *        \------------------------------------------> over <--------------------------------------------------------------/
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
  readonly #credentials: CallCredentials;
  readonly #sender: DialogSender;
  readonly #requests: GatewayRequests;
  readonly #provisionals = new ReliableProvisionals();
  readonly #onWire = new Set<ClientTransaction>();
  /** JsSIP's branches of INVITEs, whose failures the transaction layer acknowledges itself. */
  readonly #inviteBranches = new Set<string>();
  /** SDP of the last 18x, by To tag: a 2xx may leave it out. */
  readonly #earlySdp = new Map<string, string>();
  #phase: Phase = 'starting';
  #session: RTCSession | null = null;
  #transaction: ClientTransaction | null = null;
  #answer: { response: SipResponse; sdp: string } | null = null;
  #hasResponse = false;
  #hasOffered = false;
  #hasReliableAnswer = false;
  #wasRefused = false;
  #lastBye: SipRequest | null = null;
  #cancelReason: string | undefined;
  #stopByeTimer: () => void = () => {};
  #isReleased = false;

  constructor(deps: JsSipCallDeps, invite: OutgoingInvite) {
    super();
    const { layer, agent, userAgent } = deps;
    this.#deps = deps;
    this.#invite = invite;
    this.sipCallId = layer.token();
    this.#identity = new CallIdentity({ invite, callId: this.sipCallId, localTag: layer.token() });
    this.#credentials = new CallCredentials({ credentials: invite.peer.credentials, token: () => layer.token() });
    const contact = () => this.#contact();
    this.#sender = new DialogSender({
      layer,
      credentials: this.#credentials,
      userAgent,
      peerRoute: () => this.#route(),
    });
    this.#requests = new GatewayRequests({
      identity: this.#identity,
      token: () => layer.token(),
      contact,
      deliver: (text) => agent.deliver(text),
      phase: () => this.#dialogPhase(),
      onBye: ({ request }) => {
        this.#lastBye = request;
      },
      answerEarly: () => (this.#hasReliableAnswer ? (offer) => invite.onRemoteOffer(offer) : null),
      takeRefusal: () => {
        const wasRefused = this.#wasRefused;
        this.#wasRefused = false;
        return wasRefused;
      },
    });
  }

  get isOver(): boolean {
    return this.#phase === 'over';
  }

  /** The INVITE leaves within microtasks where the way to the gateway is known, after a look-up otherwise. */
  start(): void {
    if (this.#deps.agent.route !== null) {
      this.#startSession();
      return;
    }
    this.#deps.agent.resolve().then(
      () => this.#startSession(),
      (error: Error) => this.#fail({ kind: 'transport', reason: error.message }),
    );
  }

  #startSession(): void {
    if (this.#phase !== 'starting') return;
    try {
      this.#openSession();
    } catch (error) {
      this.#deps.logger.error({ error, callId: this.#invite.callId }, 'JsSIP would not begin a call');
      this.#fail({ kind: 'protocol', reason: 'the call could not be begun' });
    }
  }

  #openSession(): void {
    const invite = this.#invite;
    const { session, callId, fromTag } = this.#deps.agent.startSession(this, {
      createOffer: () => this.#nextOffer(),
      answerOffer: (offer) => invite.onRemoteOffer(offer),
      takeAnswer: (answer) => {
        // The first answer is told by `answered`.
        if (this.#phase === 'up') invite.onRemoteAnswer?.(answer);
      },
    });
    this.#session = session;
    this.#identity.jssip = { callId, fromTag };
    session.on('confirmed', () => this.#confirmed());
    session.on('failed', () => this.#jssipFailed());
    session.on('ended', ({ originator, cause }) => this.#jssipEnded(String(originator), String(cause)));
  }

  async #nextOffer(): Promise<string> {
    if (!this.#hasOffered) {
      this.#hasOffered = true;
      return this.#invite.offer;
    }
    try {
      return await this.#invite.onRemoteOffer(null);
    } catch (error) {
      this.#wasRefused = true;
      throw error;
    }
  }

  // What JsSIP sends ------------------------------------------------------------------------------------------------

  sendFromJsSip(request: SipRequest, branch: string): void {
    if (request.method === 'INVITE' && tagOf(request.headers.get('To')) === undefined)
      this.#sendInvite(request, branch);
    else if (request.method === 'ACK') this.#sendAck(request, branch);
    else if (request.method !== 'CANCEL') this.#sendInDialog(request, branch);
  }

  respondFromJsSip(response: SipResponse, branch: string): void {
    this.#requests.respondFromJsSip(response, branch);
  }

  #sendInvite(request: SipRequest, branch: string): void {
    if (this.#phase === 'over') return;
    const route = this.#route();
    const uri = this.#identity.target();
    const cseq = parseCSeq(request.headers.get('CSeq') ?? '')?.number ?? 1;
    const authorization = this.#credentials.headersFor({ method: 'INVITE', uri, body: request.body });
    const wire = createRequest({
      method: 'INVITE',
      uri,
      from: this.#identity.from(route.local.host),
      to: `<${uri}>`,
      callId: this.sipCallId,
      cseq,
      headers: [
        ['Contact', this.#contact()],
        ...authorization,
        ['Allow', ALLOW],
        ['Supported', SUPPORTED.join(', ')],
        ['User-Agent', this.#deps.userAgent],
      ],
      body: { type: 'application/sdp', text: request.body },
    });
    this.#inviteBranches.add(branch);
    const transaction = this.#track(this.#deps.layer.send(wire, route));
    this.#transaction = transaction;
    const asked = { branch, cseq: `${cseq} INVITE` };
    transaction.on('response', (response) => this.#inviteResponse(response, transaction, asked));
    transaction.on('timedOut', () => this.#inviteLost({ kind: 'timeout' }, 408, asked));
    transaction.on('transportFailed', ({ reason }) => this.#inviteLost({ kind: 'transport', reason }, 503, asked));
    if (this.#phase === 'cancelling') transaction.cancel(this.#cancelReason);
    if (this.#phase !== 'starting') return;
    this.#phase = 'inviting';
    this.#tell(() => this.emit('sent'));
  }

  #sendAck(request: SipRequest, branch: string): void {
    const dialog = this.#identity.dialog(remoteTagOf(request));
    const transaction = this.#transaction;
    if (this.#inviteBranches.has(branch) || dialog === undefined || transaction === null) return;
    const ack = this.#sender.translate(request, dialog);
    this.#sender.toward(dialog, (route) => transaction.acknowledge(ack, route));
  }

  #sendInDialog(request: SipRequest, branch: string): void {
    const dialog = this.#identity.dialog(remoteTagOf(request));
    if (dialog === undefined) return;
    const asked = { branch, cseq: request.headers.get('CSeq') ?? '' };
    const tell = (status: number, more: string[] = [], remoteTag?: string): void => {
      this.#deps.agent.deliver(this.#identity.responseForJsSip({ status, remoteTag }, asked, more));
    };
    const failed = (status: number, reason: string): void => {
      tell(status);
      if (request.method === 'BYE') this.#byeAnswered({ reason });
    };
    const wire = this.#sender.translate(request, dialog);
    const send = (route: SipRoute): void => {
      const transaction = this.#track(this.#deps.layer.send(wire, route));
      transaction.on('timedOut', () => failed(408, 'the gateway did not answer'));
      transaction.on('transportFailed', ({ reason }) => {
        // What a gateway calls its Contact may not be reachable; the gateway itself was.
        if (route.address !== this.#route().address || route.port !== this.#route().port) send(this.#route());
        else failed(503, reason);
      });
      transaction.on('response', (response) => {
        if (this.#isChallenge(response)) tell(401, this.#challengeForJsSip());
        else {
          tell(response.status, [], tagOf(response.headers.get('To')));
          if (request.method === 'BYE' && response.status >= 200) this.#byeAnswered({ status: response.status });
        }
      });
    };
    this.#sender.toward(dialog, send);
  }

  #isChallenge(response: SipResponse): boolean {
    if (response.status !== 401 && response.status !== 407) {
      if (response.status >= 200) this.#credentials.accepted();
      return false;
    }
    return this.#credentials.learn(response);
  }

  /** Makes JsSIP send its request again, with the next CSeq; the answer to the real challenge is added on the way out. */
  #challengeForJsSip(): string[] {
    return [`WWW-Authenticate: Digest realm="jssip", nonce="0", algorithm=MD5, stale=${this.#credentials.isRepeated}`];
  }

  // What comes back for the INVITE ----------------------------------------------------------------------------------

  #inviteResponse(
    response: SipResponse,
    transaction: ClientTransaction,
    asked: { branch: string; cseq: string },
  ): void {
    this.#hasResponse = true;
    if (response.status < 200) this.#provisional(response, asked);
    else if (response.status < 300) this.#accepted(response, transaction, asked);
    else if (this.#phase === 'inviting' && this.#isChallenge(response)) {
      this.#deliver({ status: 401 }, asked, this.#challengeForJsSip());
    } else this.#refused(response, asked);
  }

  #provisional(response: SipResponse, asked: { branch: string; cseq: string }): void {
    const reliability = this.#provisionals.judge(response);
    if (reliability.kind === 'ignore' || this.#phase === 'over') return;
    const remoteTag = tagOf(response.headers.get('To'));
    const sdp = sdpOf(response);
    const hasDialog = response.status > 100 && this.#identity.learnDialog(response) !== null;
    if (sdp !== null && remoteTag !== undefined) this.#earlySdp.set(remoteTag, sdp);
    // Without its SDP, which JsSIP would take for the final answer, and without a tag where there is no dialog to keep.
    this.#deliver({ status: response.status, remoteTag: hasDialog ? remoteTag : undefined }, asked);
    if (reliability.kind === 'acknowledge' && remoteTag !== undefined) {
      if (sdp !== null) this.#hasReliableAnswer = true;
      this.#acknowledgeProvisional(remoteTag, reliability.rack);
    }
    if (this.#phase !== 'inviting') return;
    if (response.status === 100) this.#tell(() => this.emit('trying'));
    else this.#tell(() => this.emit('progress', { status: response.status, reason: response.reason, sdp }));
  }

  #acknowledgeProvisional(remoteTag: string, rack: string): void {
    const { jssip } = this.#identity;
    if (this.#session === null || jssip === null) return;
    const id = `${jssip.callId}${jssip.fromTag}${this.#identity.jssipTag(remoteTag)}`;
    earlyDialog(this.#session, id)?.sendRequest('PRACK', { extraHeaders: [`RAck: ${rack}`] });
  }

  #accepted(response: SipResponse, transaction: ClientTransaction, asked: { branch: string; cseq: string }): void {
    const dialog = this.#identity.learnDialog(response);
    const remoteTag = tagOf(response.headers.get('To'));
    this.#credentials.accepted();
    if (this.#phase !== 'inviting') {
      // A fork's second 2xx, or one that crossed our CANCEL: its own ACK and BYE, by its own tag.
      if (dialog !== null) this.#sender.hangUp(dialog, transaction, this.#provisionals.count);
      if (this.#phase === 'cancelling') this.#deliver({ status: 487 }, asked);
      if (this.#phase === 'cancelling') this.#fail({ kind: 'cancelled' });
      return;
    }
    const sdp = sdpOf(response) ?? this.#earlySdp.get(remoteTag ?? '');
    if (dialog === null || sdp === undefined) {
      if (dialog !== null) this.#sender.hangUp(dialog, transaction, this.#provisionals.count);
      this.#deliver({ status: 487 }, asked);
      const reason = dialog === null ? 'the 2xx has no tag or Contact' : 'the gateway answered without SDP';
      this.#fail({ kind: 'protocol', reason });
      return;
    }
    this.#phase = 'answering';
    this.#answer = { response, sdp };
    if (!this.#deliver({ status: response.status, remoteTag }, asked, [], sdp)) this.#jssipFailed();
  }

  /** JsSIP has sent the ACK. */
  #confirmed(): void {
    if (this.#phase === 'answering' && this.#answer !== null) {
      this.#phase = 'up';
      const { sdp } = this.#answer;
      this.#tell(() => this.emit('answered', { sdp }));
    } else if (this.#phase === 'over') this.#terminate();
  }

  #refused(response: SipResponse, asked: { branch: string; cseq: string }): void {
    this.#deliver({ status: response.status === 401 || response.status === 407 ? 403 : response.status }, asked);
    if (this.#phase === 'cancelling') {
      this.#fail({ kind: 'cancelled' });
      return;
    }
    const retryAfterMs = readRetryAfterMs(response);
    const q850 = readQ850(response);
    this.#fail({
      kind: 'response',
      status: response.status,
      reason: response.reason,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(q850 === undefined ? {} : { q850 }),
    });
  }

  #inviteLost(failure: InviteFailure, status: number, asked: { branch: string; cseq: string }): void {
    this.#deliver({ status }, asked);
    this.#fail(this.#phase === 'cancelling' ? { kind: 'cancelled' } : failure);
  }

  #deliver(
    response: { status: number; remoteTag?: string | undefined },
    asked: { branch: string; cseq: string },
    more: string[] = [],
    sdp: string | null = null,
  ): boolean {
    return this.#deps.agent.deliver(this.#identity.responseForJsSip(response, asked, more, sdp));
  }

  // What JsSIP says of itself -----------------------------------------------------------------------------------------

  /** Before the answer JsSIP only says what it was told. Giving up over a 2xx is another matter: the far end must hear of it. */
  #jssipFailed(): void {
    if (this.#phase !== 'answering' || this.#answer === null) return;
    const dialog = this.#identity.learnDialog(this.#answer.response);
    if (dialog !== null && this.#transaction !== null)
      this.#sender.hangUp(dialog, this.#transaction, this.#provisionals.count);
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

  // What the owner asks -----------------------------------------------------------------------------------------------

  cancel(reason?: { status: number; text: string }): void {
    if (this.#phase === 'up') this.bye();
    if (this.#phase === 'answering') {
      // Its ACK is microtasks away; `#confirmed` sends the BYE.
      queueMicrotask(() => this.#fail({ kind: 'cancelled' }));
      return;
    }
    if (this.#phase !== 'starting' && this.#phase !== 'inviting') return;
    this.#cancelReason = reason && `SIP;cause=${reason.status};text="${plain(reason.text)}"`;
    this.#phase = 'cancelling';
    this.#transaction?.cancel(this.#cancelReason);
    // Nothing was heard yet, so there is nothing to confirm; a late 18x gets its CANCEL, a late 2xx its BYE all the same.
    if (!this.#hasResponse) {
      queueMicrotask(() => {
        if (this.#phase === 'cancelling') this.#fail({ kind: 'cancelled' });
      });
    }
  }

  bye(reason?: { q850: number; text: string }): void {
    if (this.#phase !== 'up') {
      this.cancel();
      return;
    }
    this.#phase = 'hangingUp';
    const header = reason && `Reason: Q.850;cause=${reason.q850};text="${plain(reason.text)}"`;
    this.#stopByeTimer = this.#deps.startTimer(BYE_ANSWER_WAIT_MS, () =>
      this.#byeAnswered({ reason: 'the gateway did not answer the BYE' }),
    );
    this.#terminate(header);
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
    const session = this.#session;
    if (this.#phase !== 'up' || session === null) return Promise.reject(new Error('the call is not up'));
    return new Promise((resolve, reject) => {
      const failed = (why: string) => () => reject(new Error(`the gateway did not take the digit: ${why}`));
      // With handlers of our own: JsSIP's would end the call over an INFO that is refused or not answered.
      sendInDialog(session, 'INFO', {
        extraHeaders: ['Content-Type: application/dtmf-relay'],
        body: `Signal=${digit}\r\nDuration=${Math.round(durationMs)}\r\n`,
        eventHandlers: {
          onSuccessResponse: () => resolve(),
          onErrorResponse: failed('refused'),
          onTransportError: failed('no connection'),
          onRequestTimeout: failed('no answer'),
          onDialogError: failed('refused'),
        },
      });
    });
  }

  /** A request of the gateway with this call's Call-ID. */
  receive(transaction: ServerTransaction): void {
    this.#requests.receive(transaction);
  }

  // The end -------------------------------------------------------------------------------------------------------------

  /** Without waiting for anyone: the stack closes. */
  drop(): void {
    if (this.#phase === 'over') return;
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
    if (this.#phase === 'over') return;
    this.#over();
    this.#tell(() => this.emit('failed', failure));
  }

  #end(end: SipCallEnd): void {
    if (this.#phase === 'over') return;
    this.#over();
    this.#tell(() => this.emit('ended', end));
  }

  #over(): void {
    const wasAnswering = this.#phase === 'answering';
    this.#phase = 'over';
    this.#stopByeTimer();
    // JsSIP's session may still wait, e.g. for the look-up that failed; one that is about to be confirmed sends its own BYE.
    if (!wasAnswering && this.#session !== null && !this.#session.isEnded() && !this.#hasResponse) this.#terminate();
    this.#deps.onOver();
    this.#releaseIfDone();
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
    const { route } = this.#deps.agent;
    if (route === null) throw new Error('nothing can be sent before the gateway was looked up');
    return route;
  }

  #contact(): string {
    const { local, transport } = this.#route();
    const parameter = transport === 'tcp' ? ';transport=tcp' : '';
    return `<sip:bridge@${formatHost(local.host, local.port)}${parameter}>`;
  }
}

/** Text that fits between quotes. */
function plain(text: string): string {
  return text.replace(/[^ -!#-[\]-~]/g, '');
}
