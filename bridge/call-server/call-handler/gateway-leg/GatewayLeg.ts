import { EventEmitter } from 'node:events';
import { isIP } from 'node:net';
import type { Gateway } from '../../../../shared/admin/index.ts';
import type { DisconnectedBy } from '../../../../shared/domain/index.ts';
import { type GatewayAnswer, MediaError } from '../../../media-relay/index.ts';
import { drop, type Timer } from '../../../observability/index.ts';
import { toSipPeer } from '../../../proxy-server/index.ts';
import type { InviteFailure, SipCall, SipCallEnd } from '../../../sip-stack/index.ts';
import { classifyFailure, type FailureMeaning } from './classifyFailure.ts';
import type { GatewayLegDeps, GatewayLegEnd, GatewayLegEvents, GatewayLegOptions } from './GatewayLegDeps.ts';

/** The native side of a call ("call slave"): one INVITE after another until a gateway takes the call. */
export class GatewayLeg extends EventEmitter<GatewayLegEvents> {
  readonly #deps: GatewayLegDeps;
  readonly #options: GatewayLegOptions;
  #next = 0;
  #gateway: Gateway | null = null;
  #call: SipCall | null = null;
  #isAnswered = false;
  #isEnding = false;
  #isFinished = false;
  #answer: GatewayAnswer | null = null;
  #responseTimer: Timer | undefined;
  /** Answers of the gateway are applied one after another, in the order in which they came. */
  #applied: Promise<unknown> = Promise.resolve();

  constructor(deps: GatewayLegDeps, options: GatewayLegOptions) {
    super();
    this.#deps = deps;
    this.#options = options;
  }

  /** Tries the first gateway. */
  start(): void {
    this.#tryNext({ canTryNext: true, outcome: 'unreachable', errorCode: 'noGatewayForNumber' }, {});
  }

  /** CANCEL or BYE, whichever fits. `finished` follows. Idempotent. */
  hangUp(): void {
    if (this.#isEnding || this.#isFinished) return;
    this.#isEnding = true;
    this.#clearTimer();
    if (!this.#call) this.#finish({ outcome: 'cancelled', by: 'caller' });
    else if (this.#isAnswered) this.#call.bye({ q850: 16, text: 'Normal call clearing' });
    else this.#call.cancel();
  }

  /** As RFC 4733 events, or as SIP INFO where the gateway wants that or answered no events. */
  async sendDtmf(digits: string): Promise<void> {
    const call = this.#call;
    if (!call || !this.#answer) return;
    if (this.#gateway?.dtmf !== 'info' && this.#answer.dtmfPayloadType !== null) {
      await this.#deps.media.sendDtmf(digits, this.#options.dtmf);
      return;
    }
    for (const digit of digits) await call.sendInfoDtmf(digit, this.#options.dtmf.durationMs);
  }

  #tryNext(last: FailureMeaning, end: Pick<GatewayLegEnd, 'sipStatus' | 'q850'>): void {
    const gateway = this.#options.candidates[this.#next];
    if (!gateway || !last.canTryNext) {
      const { outcome, errorCode } = last;
      const by = outcome === 'cancelled' ? 'caller' : errorCode ? 'bridge' : 'called';
      this.#finish({ outcome, by, ...(errorCode && { errorCode }), ...end });
      return;
    }
    this.#next += 1;
    this.#gateway = gateway;
    this.#call = null;
    this.emit('gatewayTried', gateway);
    drop(this.#invite(gateway), this.#deps.logger, 'inviting a gateway');
  }

  async #invite(gateway: Gateway): Promise<void> {
    const { media } = this.#deps;
    let offer: string;
    try {
      offer = await media.createGatewayOffer({
        codecs: gateway.codecs,
        ...(isIP(gateway.host) !== 0 && { toAddress: gateway.host }),
      });
    } catch (error) {
      const errorCode = error instanceof MediaError && error.code === 'noCommonCodec' ? error.code : 'mediaUnavailable';
      this.#deps.logger.warn({ error, gatewayId: gateway.id }, 'No audio could be offered to the gateway');
      this.#tryNext({ canTryNext: errorCode === 'noCommonCodec', outcome: 'failed', errorCode }, {});
      return;
    }
    if (this.#isEnding || this.#isFinished) return;
    let call: SipCall;
    try {
      call = this.#send(gateway, offer);
    } catch (error) {
      // A stack that is closing, or a gateway's entry that it can't use: without this the call would wait for ever.
      this.#deps.logger.warn({ error, gatewayId: gateway.id }, 'No INVITE could be sent to the gateway');
      this.#attemptFailed(gateway, { kind: 'transport', reason: String(error) });
      return;
    }
    this.#call = call;
    this.#listen(call, gateway);
    this.#setTimer(this.#options.firstResponseTimeoutMs, call, gateway);
  }

  #send(gateway: Gateway, offer: string): SipCall {
    const { media, sip } = this.#deps;
    const { callId, calledNumber, caller, callerNumber, usualCallerNumber } = this.#options;
    return sip.invite({
      callId,
      peer: toSipPeer(gateway),
      calledNumber,
      from: {
        user:
          callerNumber ?? gateway.callerNumber ?? usualCallerNumber ?? gateway.credentials?.userName ?? caller.userName,
        displayName: caller.displayName,
      },
      offer,
      onRemoteOffer: (remoteOffer) => {
        this.emit('reoffered');
        return media.answerGatewayOffer(remoteOffer);
      },
      onRemoteAnswer: (answer) => this.#apply(answer, () => undefined),
    });
  }

  #listen(call: SipCall, gateway: Gateway): void {
    const isCurrent = () => this.#call === call && !this.#isFinished;
    call.on('sent', () => {
      if (isCurrent()) this.emit('inviteSent', gateway);
    });
    call.on('trying', () => {
      if (isCurrent() && !this.#isEnding) this.#setTimer(this.#options.progressTimeoutMs, call, gateway);
    });
    call.on('progress', ({ status, sdp }) => {
      if (!isCurrent() || this.#isEnding) return;
      this.#clearTimer();
      if (sdp === null) this.emit('progressed', { status, hasAudio: false });
      else this.#apply(sdp, () => this.emit('progressed', { status, hasAudio: true }));
    });
    call.on('answered', ({ sdp }) => {
      if (!isCurrent()) return;
      this.#clearTimer();
      this.#isAnswered = true;
      this.#apply(sdp, (answer) => this.emit('answered', answer));
    });
    call.on('failed', (failure) => {
      if (isCurrent()) this.#attemptFailed(gateway, failure);
    });
    call.on('ended', (end) => {
      if (isCurrent()) this.#ended(end);
    });
  }

  #apply(sdp: string, then: (answer: GatewayAnswer) => void): void {
    this.#applied = this.#applied
      .then(async () => {
        if (this.#isFinished) return;
        const answer = await this.#deps.media.applyGatewayAnswer(sdp);
        if (answer.codec !== this.#answer?.codec) this.emit('codecAgreed', answer.codec);
        this.#answer = answer;
        if (!this.#isEnding && !this.#isFinished) then(answer);
      })
      .catch((error: unknown) => this.#unusable(error));
  }

  /** The gateway's SDP was of no use: nobody would hear anything, so the call is ended. */
  #unusable(error: unknown): void {
    if (this.#isFinished) return;
    this.#deps.logger.warn({ error, gatewayId: this.#gateway?.id }, 'The gateway’s audio answer could not be used');
    const isCodec = error instanceof MediaError && error.code === 'noCommonCodec';
    const call = this.#call;
    this.#finish({ outcome: 'failed', by: 'bridge', errorCode: isCodec ? 'noCommonCodec' : 'gatewayProtocol' });
    if (this.#isAnswered) call?.bye({ q850: 88, text: 'Incompatible destination' });
    else call?.cancel();
  }

  #attemptFailed(gateway: Gateway, failure: InviteFailure): void {
    this.#clearTimer();
    const { isEmergency, candidates } = this.#options;
    const meaning = classifyFailure(failure);
    const canTryNext = meaning.canTryNext || (isEmergency && meaning.outcome !== 'cancelled');
    const isLast = this.#isEnding || !canTryNext || this.#next >= candidates.length;
    this.emit('gatewayFailed', { gateway, failure, isLast });
    const status = failure.kind === 'response' ? failure : undefined;
    const end = {
      ...(status && { sipStatus: status.status }),
      ...(status?.q850 !== undefined && { q850: status.q850 }),
    };
    this.#tryNext({ ...meaning, canTryNext: !isLast }, end);
  }

  #ended(end: SipCallEnd): void {
    const by: DisconnectedBy = end.by === 'remote' ? 'called' : end.by === 'local' ? 'caller' : 'bridge';
    this.#finish({
      outcome: 'answered',
      by,
      ...(end.status !== undefined && end.by !== 'local' && { sipStatus: end.status }),
      ...(end.q850 !== undefined && { q850: end.q850 }),
    });
  }

  #setTimer(delayMs: number, call: SipCall, gateway: Gateway): void {
    this.#clearTimer();
    this.#responseTimer = this.#deps.clock.setTimeout(() => {
      if (this.#call !== call) return;
      // From here on this attempt is nobody's: its late events are not for the call.
      this.#call = null;
      call.cancel();
      this.#attemptFailed(gateway, { kind: 'timeout' });
    }, delayMs);
  }

  #clearTimer(): void {
    this.#deps.clock.clearTimeout(this.#responseTimer);
    this.#responseTimer = undefined;
  }

  #finish(end: GatewayLegEnd): void {
    if (this.#isFinished) return;
    this.#isFinished = true;
    this.#clearTimer();
    this.emit('finished', end);
  }
}
