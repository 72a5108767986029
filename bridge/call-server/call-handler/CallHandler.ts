import { EventEmitter } from 'node:events';
import type { CallState } from '../../../shared/domain/index.ts';
import { DialbridgeError, type ErrorCode } from '../../../shared/errors/index.ts';
import type { CallStatus } from '../../../shared/protocol/index.ts';
import type { MediaSession } from '../../media-relay/index.ts';
import { drop, type Timer } from '../../observability/index.ts';
import type { CallClient, ClientChannel } from '../CallServer.ts';
import { type BudgetEnd, CallDeadline, type Deadline } from './CallDeadline.ts';
import type { CallHandlerDeps, CallHandlerEvents, CallHandlerOptions, CallRequest } from './CallHandlerDeps.ts';
import { CallReporter } from './CallReporter.ts';
import { CallSetup } from './CallSetup.ts';
import { ClientLeg } from './ClientLeg.ts';
import { GatewayLeg, type GatewayLegEnd } from './gateway-leg/index.ts';
import { reportDeadline } from './reportDeadline.ts';
import { type HandlerEnd, toCallClosing, toCallEnd } from './toCallEnd.ts';
import { toMediaFault } from './toMediaFault.ts';

/** How long the gateway may take to confirm the end before the call is closed without that. */
const disconnectGraceMs = 2000;

/** One call: a client leg, a gateway leg, and the state machine between them. */
export class CallHandler extends EventEmitter<CallHandlerEvents> {
  readonly client: CallClient;
  readonly #deps: CallHandlerDeps;
  readonly #request: CallRequest;
  readonly #media: MediaSession;
  readonly #clientLeg: ClientLeg;
  readonly #gatewayLeg: GatewayLeg;
  readonly #reporter: CallReporter;
  readonly #setup: CallSetup;
  readonly #deadline: CallDeadline;
  /** Runs while the gateway is to confirm the end. */
  #graceTimer: Timer | undefined;
  /** Why and since when we end the call, when it is we who do; the gateway's confirmation doesn't change it. */
  #intended: { readonly end: HandlerEnd; readonly atMs: number } | null = null;

  constructor(deps: CallHandlerDeps, options: CallHandlerOptions, request: CallRequest, channel: ClientChannel | null) {
    super();
    this.#deps = deps;
    this.#request = request;
    this.client = request.client;
    const { callId, client, calledNumber, callerNumber, isEmergency, selection } = request;
    // Also those that only a later gateway speaks: a failover may need them.
    const codecs = [...new Set(selection.candidates.flatMap((gateway) => gateway.codecs))];
    this.#media = deps.relay.createSession({ callId, codecs });
    this.#clientLeg = new ClientLeg({ media: this.#media, clock: deps.clock }, { callId, ...options }, channel);
    this.#gatewayLeg = new GatewayLeg(
      { sip: deps.sip, media: this.#media, clock: deps.clock, logger: deps.logger },
      {
        callId,
        calledNumber,
        caller: client.user,
        candidates: selection.candidates,
        ...options,
        callerNumber,
        isEmergency,
        usualCallerNumber: options.callerNumber,
      },
    );
    this.#reporter = new CallReporter(
      { log: deps.log, notify: (status) => this.#clientLeg.notify('call:status', status) },
      request,
    );
    this.#setup = new CallSetup({ gatewayLeg: this.#gatewayLeg, reporter: this.#reporter, clock: deps.clock }, options);
    const maxDurationMs = Math.min(options.maxDurationMs, request.maxDurationMs ?? Number.POSITIVE_INFINITY);
    this.#deadline = new CallDeadline(deps, { maxDurationMs });
    this.#listen();
  }

  /** As the client was told it: what it hasn't been told yet it is told first. */
  get status(): CallStatus {
    this.#reporter.tellStatus();
    return this.#reporter.status;
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

  /** When this call will have used up a limit per day, as it looks now; null: not at all. The call is warned, and ended then. */
  setBudget(end: BudgetEnd | null): void {
    this.#deadline.setBudget(end);
  }

  /** @throws DialbridgeError `callEnded`, `notEstablished` */
  async sendDtmf(digits: string): Promise<void> {
    this.#assertRunning();
    if (this.#state !== 'established' && this.#state !== 'earlyMedia') throw new DialbridgeError('notEstablished');
    this.#reporter.event('dtmfSent', { count: digits.length });
    await this.#gatewayLeg.sendDtmf(digits);
  }

  setMuted(isMuted: boolean): void {
    this.#assertRunning();
    if (isMuted === this.#reporter.status.isMuted) return;
    this.#reporter.change({ isMuted });
    this.#reporter.event(isMuted ? 'muted' : 'unmuted');
  }

  /** @throws DialbridgeError as `start`, and `callEnded` */
  async acceptOffer(offer: string): Promise<string> {
    this.#assertRunning();
    this.#reporter.event('browserReoffered');
    try {
      return await this.#clientLeg.acceptOffer(offer);
    } catch (thrown) {
      throw toMediaFault(thrown);
    }
  }

  addCandidates(candidates: readonly string[]): void {
    this.#assertRunning();
    this.#reporter.event('candidatesFound', { candidates });
  }

  attach(channel: ClientChannel): void {
    this.#reporter.tellStatus();
    this.#clientLeg.attach(channel);
    this.#reporter.event('clientAttached');
  }

  detach(): void {
    this.#clientLeg.detach();
  }

  get #state(): CallState {
    return this.#reporter.status.state;
  }

  get #isOver(): boolean {
    return this.#state === 'ended' || this.#state === 'disconnecting';
  }

  get #isAnswered(): boolean {
    return this.#reporter.status.answeredAt !== null;
  }

  #listen(): void {
    const report = this.#reporter;
    const client = this.#clientLeg;
    client.on('mediaConnected', () => report.event('browserConnected'));
    client.on('holding', (what) => report.event(what === 'socket' ? 'clientLost' : 'browserAudioLost'));
    client.on('lost', (what) => this.#endBecause(what === 'socket' ? 'clientLost' : 'mediaLost'));

    this.#setup.on('gatewayWantsRest', (rest) => this.emit('gatewayWantsRest', rest));
    this.#setup.on('gatewaySuspected', (gateway) => this.emit('gatewaySuspected', gateway));
    this.#setup.on('unanswered', () => this.#end({ outcome: 'noAnswer', by: 'bridge' }));
    this.#setup.on('answered', (atMs) => this.#answered(atMs));
    this.#gatewayLeg.on('reoffered', () => report.event('gatewayReoffered'));
    this.#gatewayLeg.on('finished', (end) => this.#finish(end));

    this.#media.on('firstAudioToGateway', () => report.event('firstAudioToGateway'));
    this.#media.on('firstAudioFromGateway', () => report.event('firstAudioFromGateway'));
    this.#media.on('workerLost', () => report.event('mediaWorkerLost'));

    reportDeadline(this.#deadline, report);
    this.#deadline.on('reached', (deadline) => this.#limitReached(deadline));
  }

  #answered(atMs: number): void {
    this.#deadline.start(atMs);
    this.emit('answered', atMs);
  }

  #limitReached({ errorCode, endsAtMs, retryAtMs }: Deadline): void {
    const nowMs = this.#deps.clock.now();
    const retry = retryAtMs !== null && { retryAfterMs: Math.max(0, retryAtMs - nowMs) };
    // What passed since the limit, until our timer ran, is on nobody's account; but a call can't have ended before its answer.
    const atMs = Math.max(this.#reporter.status.answeredAt ?? nowMs, Math.min(endsAtMs, nowMs));
    this.#end({ outcome: 'answered', by: 'bridge', errorCode, ...retry }, atMs);
  }

  #endBecause(errorCode: ErrorCode): void {
    this.#end({ outcome: this.#isAnswered ? 'answered' : 'failed', by: 'bridge', errorCode });
  }

  /** We end the call, from whatever state it is in; the first reason counts. */
  #end(end: HandlerEnd, atMs = this.#deps.clock.now()): void {
    if (this.#intended || this.#state === 'ended') return;
    this.#intended = { end, atMs };
    const state = this.#reporter.stateAfter('hangUpRequested');
    this.#deadline.close();
    this.#setup.stopRinging();
    this.#graceTimer = this.#deps.clock.setTimeout(() => this.#finish(end), disconnectGraceMs);
    this.#reporter.change({ state });
    this.#gatewayLeg.hangUp();
  }

  #finish(legEnd: GatewayLegEnd): void {
    if (this.#state === 'ended') return;
    const intended = this.#intended;
    const end = toCallEnd(intended ? { ...legEnd, ...intended.end } : legEnd, this.#request.calledNumber);
    const state = this.#reporter.stateAfter('finished');
    // Who hung up has said the last word; how long the gateway takes to confirm it is no talking time.
    const endedAt = intended?.atMs ?? this.#deps.clock.now();
    this.#deps.clock.clearTimeout(this.#graceTimer);
    this.#setup.stopRinging();
    this.#deadline.close();
    this.#clientLeg.close();
    this.#reporter.change({ state, endedAt, end, limit: null });
    this.#reporter.event('disconnected', { ...end });
    const { firstProgressAtMs } = this.#setup;
    const postDialDelayMs = firstProgressAtMs === null ? null : firstProgressAtMs - this.#request.requestedAtMs;
    this.#reporter.ended(toCallClosing(end, { endedAtMs: endedAt, postDialDelayMs }));
    this.emit('ended', endedAt);
    drop(this.#close(), this.#deps.logger, 'closing the media of a call');
  }

  async #close(): Promise<void> {
    try {
      await this.#media.close();
    } finally {
      this.emit('closed');
    }
  }

  #assertRunning(): void {
    if (this.#isOver) throw new DialbridgeError('callEnded');
  }
}
