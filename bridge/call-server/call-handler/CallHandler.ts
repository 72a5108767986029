import { EventEmitter } from 'node:events';
import type { CallId, CallState, CodecName } from '../../../shared/domain/index.ts';
import { DialbridgeError, type ErrorCode } from '../../../shared/errors/index.ts';
import type { CallEnd, CallStatus } from '../../../shared/protocol/index.ts';
import type { DtmfOptions, MediaRelay, MediaSession } from '../../media-relay/index.ts';
import { type Clock, drop, type Logger, type Timer } from '../../observability/index.ts';
import type { Gateway, GatewaySelection } from '../../proxy-server/index.ts';
import type { InviteFailure, SipStack } from '../../sip-stack/index.ts';
import type { CallClient, ClientChannel } from '../CallServer.ts';
import type { CallLogger } from '../call-logger/index.ts';
import { ClientLeg, type ClientLoss } from './ClientLeg.ts';
import { GatewayLeg, type GatewayLegEnd } from './GatewayLeg.ts';
import { toCallEnd } from './toCallEnd.ts';
import { toMediaFault } from './toMediaFault.ts';
import { type CallEventType, transition } from './transition.ts';

export interface CallHandlerDeps {
  readonly sip: Pick<SipStack, 'invite'>;
  readonly relay: Pick<MediaRelay, 'createSession'>;
  readonly log: Pick<CallLogger, 'event' | 'progressed' | 'ended'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface CallHandlerOptions {
  /** From the first ringing to the answer. */
  readonly ringTimeoutMs: number;
  readonly firstResponseTimeoutMs: number;
  readonly progressTimeoutMs: number;
  readonly reconnectWindowMs: number;
  /** From the answer on. */
  readonly maxDurationMs: number;
  readonly dtmf: DtmfOptions;
  readonly callerNumber: string | null;
}

export interface CallRequest {
  readonly callId: CallId;
  readonly client: CallClient;
  /** E.164. */
  readonly calledNumber: string;
  readonly calledName: string | null;
  readonly selection: GatewaySelection;
  readonly requestedAtMs: number;
}

export interface CallHandlerEvents {
  /** A gateway said 503 and when to come back. */
  gatewayWantsRest: [{ gateway: Gateway; forMs: number }];
  /** A gateway said nothing at all, or could not be reached. */
  gatewaySuspected: [Gateway];
  /** Terminal, exactly once: the call holds nothing any more. */
  closed: [];
}

/** How long the gateway may take to confirm the end before the call is closed without that. */
const disconnectGraceMs = 2000;

/** One call: a client leg, a gateway leg, and the state machine between them. */
export class CallHandler extends EventEmitter<CallHandlerEvents> {
  readonly client: CallClient;
  readonly #deps: CallHandlerDeps;
  readonly #options: CallHandlerOptions;
  readonly #request: CallRequest;
  readonly #media: MediaSession;
  readonly #clientLeg: ClientLeg;
  readonly #gatewayLeg: GatewayLeg;
  /** Ring, duration and disconnect timers: a call is in one of these phases at a time. */
  #phaseTimer: Timer | undefined;
  #status: CallStatus;
  /** The client has yet to hear of the last changes. */
  #isStatusDue = false;
  /** Why we end the call, when it is we who do; the gateway's confirmation doesn't change it. */
  #intendedEnd: GatewayLegEnd | null = null;
  #firstProgressAtMs: number | null = null;

  constructor(deps: CallHandlerDeps, options: CallHandlerOptions, request: CallRequest, channel: ClientChannel | null) {
    super();
    this.#deps = deps;
    this.#options = options;
    this.#request = request;
    this.client = request.client;
    this.#status = {
      callId: request.callId,
      revision: 0,
      state: 'requested',
      calledNumber: request.calledNumber,
      ...(request.calledName !== null && { calledName: request.calledName }),
      hasEarlyMedia: false,
      codec: null,
      isMuted: false,
      requestedAt: request.requestedAtMs,
      answeredAt: null,
      endedAt: null,
      end: null,
      limit: null,
    };
    const { callId, client, calledNumber, selection } = request;
    // Also those that only a later gateway speaks: a failover may need them.
    const codecs = [...new Set(selection.candidates.flatMap((gateway) => gateway.codecs))];
    this.#media = deps.relay.createSession({ callId, codecs });
    this.#clientLeg = new ClientLeg({ media: this.#media, clock: deps.clock }, { callId, ...options }, channel);
    this.#gatewayLeg = new GatewayLeg(
      { sip: deps.sip, media: this.#media, clock: deps.clock, logger: deps.logger },
      { callId, calledNumber, caller: client.user, candidates: selection.candidates, ...options },
    );
    this.#listen();
  }

  /** As the client was told it: what it hasn't been told yet it is told first. */
  get status(): CallStatus {
    this.#tellStatus();
    return this.#status;
  }

  /**
   * The INVITE and the browser's ICE and DTLS run side by side; resolves with the answer for the browser,
   * or null when the call ended before there was one (a gateway can be busy faster than that).
   * @throws DialbridgeError `badOffer`, `noCommonCodec`, `mediaUnavailable`; the call has ended then
   */
  async start(offer: string): Promise<string | null> {
    const answer = this.#clientLeg.acceptOffer(offer);
    this.#gatewayLeg.start();
    try {
      return await answer;
    } catch (thrown) {
      if (this.#isOver) return null;
      const error = toMediaFault(thrown);
      this.#endBecause(error.code);
      throw error;
    }
  }

  hangUp(): void {
    this.#end({ outcome: this.#isAnswered ? 'answered' : 'cancelled', by: 'caller' });
  }

  /** The bridge stops. */
  shutDown(): void {
    this.#endBecause('goingAway');
  }

  /** @throws DialbridgeError `callEnded`, `notEstablished` */
  async sendDtmf(digits: string): Promise<void> {
    this.#assertRunning();
    if (this.#status.state !== 'established' && this.#status.state !== 'earlyMedia') {
      throw new DialbridgeError('notEstablished');
    }
    this.#event('dtmfSent', { count: digits.length });
    await this.#gatewayLeg.sendDtmf(digits);
  }

  setMuted(isMuted: boolean): void {
    this.#assertRunning();
    if (isMuted === this.#status.isMuted) return;
    this.#publish({ isMuted });
    this.#event(isMuted ? 'muted' : 'unmuted');
  }

  /** @throws DialbridgeError as `start`, and `callEnded` */
  async acceptOffer(offer: string): Promise<string> {
    this.#assertRunning();
    this.#event('browserReoffered');
    try {
      return await this.#clientLeg.acceptOffer(offer);
    } catch (thrown) {
      throw toMediaFault(thrown);
    }
  }

  addCandidates(candidates: readonly string[]): void {
    this.#assertRunning();
    this.#event('candidatesFound', { candidates });
  }

  attach(channel: ClientChannel): void {
    this.#tellStatus();
    this.#clientLeg.attach(channel);
    this.#event('clientAttached');
  }

  detach(): void {
    this.#clientLeg.detach();
  }

  get #isOver(): boolean {
    return this.#status.state === 'ended' || this.#status.state === 'disconnecting';
  }

  get #isAnswered(): boolean {
    return this.#status.answeredAt !== null;
  }

  #listen(): void {
    const client = this.#clientLeg;
    client.on('mediaConnected', () => this.#event('browserConnected'));
    client.on('holding', (what) => this.#event(what === 'socket' ? 'clientLost' : 'browserAudioLost'));
    client.on('lost', (what) => this.#clientLost(what));

    const gateway = this.#gatewayLeg;
    gateway.on('gatewayTried', (tried) => this.#gatewayTried(tried));
    gateway.on('inviteSent', ({ id }) => this.#event('inviteSent', { gatewayId: id }));
    gateway.on('progressed', (progress) => this.#progressed(progress));
    gateway.on('codecAgreed', (codec) => this.#codecAgreed(codec));
    gateway.on('answered', () => this.#answered());
    gateway.on('reoffered', () => this.#event('gatewayReoffered'));
    gateway.on('gatewayFailed', ({ gateway: failed, failure, isLast }) => this.#gatewayFailed(failed, failure, isLast));
    gateway.on('finished', (end) => this.#finish(end));

    this.#media.on('firstAudioToGateway', () => this.#event('firstAudioToGateway'));
    this.#media.on('firstAudioFromGateway', () => this.#event('firstAudioFromGateway'));
    this.#media.on('workerLost', () => this.#event('mediaWorkerLost'));
  }

  #gatewayTried(gateway: Gateway): void {
    const state = this.#move('gatewayTried');
    this.#deps.log.progressed(this.#request.callId, { gatewayId: gateway.id, state });
    this.#publish({ state, hasEarlyMedia: false });
    this.#event('gatewayTried', { gatewayId: gateway.id });
  }

  #progressed({ status, hasAudio }: { status: number; hasAudio: boolean }): void {
    this.#firstProgressAtMs ??= this.#deps.clock.now();
    const isRinging = status === 180 || status === 182;
    if (!hasAudio && !isRinging) {
      this.#event('progressed', { sipStatus: status });
      return;
    }
    const state = this.#move(hasAudio ? 'earlyMediaOpened' : 'rang');
    if (state === 'disconnecting') return;
    this.#phaseTimer ??= this.#deps.clock.setTimeout(
      () => this.#end({ outcome: 'noAnswer', by: 'bridge' }),
      this.#options.ringTimeoutMs,
    );
    if (state === this.#status.state) return;
    this.#deps.log.progressed(this.#request.callId, { state });
    this.#publish({ state, hasEarlyMedia: this.#status.hasEarlyMedia || hasAudio });
    this.#event(hasAudio ? 'earlyMediaOpened' : 'ringing', { sipStatus: status });
  }

  #answered(): void {
    const state = this.#move('answered');
    if (state !== 'established') return;
    const answeredAt = this.#deps.clock.now();
    this.#firstProgressAtMs ??= answeredAt;
    this.#setPhaseTimer(() => this.#end({ outcome: 'answered', by: 'bridge' }), this.#options.maxDurationMs);
    this.#deps.log.progressed(this.#request.callId, { state, answeredAtMs: answeredAt });
    this.#publish({ state, answeredAt });
    this.#event('established');
  }

  #codecAgreed(codec: CodecName): void {
    this.#deps.log.progressed(this.#request.callId, { codec });
    this.#publish({ codec });
  }

  #gatewayFailed(gateway: Gateway, failure: InviteFailure, isLast: boolean): void {
    this.#event('gatewayFailed', { gatewayId: gateway.id, ...failure, isLast });
    if (failure.kind === 'timeout' || failure.kind === 'transport') this.emit('gatewaySuspected', gateway);
    if (failure.kind === 'response' && failure.retryAfterMs !== undefined && failure.status === 503) {
      this.emit('gatewayWantsRest', { gateway, forMs: failure.retryAfterMs });
    }
  }

  #clientLost(what: ClientLoss): void {
    this.#endBecause(what === 'socket' ? 'clientLost' : 'mediaLost');
  }

  #endBecause(errorCode: ErrorCode): void {
    this.#end({ outcome: this.#isAnswered ? 'answered' : 'failed', by: 'bridge', errorCode });
  }

  /** We end the call, from whatever state it is in; the first reason counts. */
  #end(reason: GatewayLegEnd): void {
    if (this.#intendedEnd || this.#status.state === 'ended') return;
    this.#intendedEnd = reason;
    const state = this.#move('hangUpRequested');
    this.#setPhaseTimer(() => this.#finish(reason), disconnectGraceMs);
    this.#publish({ state });
    this.#gatewayLeg.hangUp();
  }

  #finish(legEnd: GatewayLegEnd): void {
    if (this.#status.state === 'ended') return;
    const { callId } = this.#request;
    const intended = this.#intendedEnd;
    const end: CallEnd = toCallEnd(intended ? { ...legEnd, ...intended } : legEnd, this.#request.calledNumber);
    const state = this.#move('finished');
    const endedAt = this.#deps.clock.now();
    this.#setPhaseTimer(undefined);
    this.#clientLeg.close();
    this.#publish({ state, endedAt, end });
    this.#event('disconnected', { ...end });
    this.#deps.log.ended(callId, {
      endedAtMs: endedAt,
      outcome: end.outcome,
      disconnectedBy: end.by,
      sipStatus: end.sipStatus ?? null,
      q850: end.q850 ?? null,
      errorCode: end.error?.code ?? null,
      postDialDelayMs: this.#firstProgressAtMs === null ? null : this.#firstProgressAtMs - this.#request.requestedAtMs,
    });
    drop(this.#close(), this.#deps.logger, 'closing the media of a call');
  }

  async #close(): Promise<void> {
    try {
      await this.#media.close();
    } finally {
      this.emit('closed');
    }
  }

  #move(event: CallEventType): CallState {
    return transition(this.#status.state, event);
  }

  /** What changes in one turn goes out as one status. */
  #publish(change: Partial<CallStatus>): void {
    this.#status = { ...this.#status, ...change };
    if (this.#isStatusDue) return;
    this.#isStatusDue = true;
    queueMicrotask(() => this.#tellStatus());
  }

  #tellStatus(): void {
    if (!this.#isStatusDue) return;
    this.#isStatusDue = false;
    this.#status = { ...this.#status, revision: this.#status.revision + 1 };
    this.#clientLeg.notify('call:status', this.#status);
  }

  #event(type: string, detail: Readonly<Record<string, unknown>> = {}): void {
    this.#deps.log.event(this.#request.callId, type, { state: this.#status.state, detail });
  }

  #setPhaseTimer(callback: (() => void) | undefined, delayMs = 0): void {
    this.#deps.clock.clearTimeout(this.#phaseTimer);
    this.#phaseTimer = callback && this.#deps.clock.setTimeout(callback, delayMs);
  }

  #assertRunning(): void {
    if (this.#status.state === 'ended' || this.#status.state === 'disconnecting')
      throw new DialbridgeError('callEnded');
  }
}
