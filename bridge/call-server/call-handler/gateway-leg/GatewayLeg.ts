import { EventEmitter } from 'node:events';
import type { Gateway } from '../../../../shared/admin/index.ts';
import { DialbridgeError } from '../../../../shared/errors/index.ts';
import { type GatewayAnswer, MediaError } from '../../../media-relay/index.ts';
import { drop } from '../../../observability/index.ts';
import type { SipDestination, SipDialog } from '../../../sip-stack/index.ts';
import { gatewayMediaOf } from '../../gateway-dialect/index.ts';
import type { Attempt } from './Attempt.ts';
import type { AttemptFailure } from './AttemptFailure.ts';
import { classifyFailure, type FailureMeaning } from './classifyFailure.ts';
import { GatewayAnswers } from './GatewayAnswers.ts';
import type { GatewayLegDeps, GatewayLegEnd, GatewayLegEvents, GatewayLegOptions } from './GatewayLegDeps.ts';
import type { GatewaySide, Reoffer } from './GatewaySide.ts';
import { GatewayVisit } from './GatewayVisit.ts';
import { LaterAgreements } from './LaterAgreements.ts';
import { allLinesBusy, cancelled, endOfFailure, endOfTalk, noGateway } from './legEnds.ts';
import { openAttempt } from './openAttempt.ts';
import { sendKeyTones, takesEvents } from './sendKeyTones.ts';

/** The native side of a call ("call slave"): one INVITE after another until a gateway takes the call. */
export class GatewayLeg extends EventEmitter<GatewayLegEvents> implements GatewaySide {
  readonly #deps: GatewayLegDeps;
  readonly #options: GatewayLegOptions;
  /** Not yet asked. */
  readonly #candidates: Gateway[];
  #visit: GatewayVisit | null = null;
  #attempt: Attempt | null = null;
  /** How the call ends when nobody is left to ask. */
  #lastEnd: GatewayLegEnd;
  /** IP address of the gateway that was invited last. */
  #address = '';
  #isAnswered = false;
  #isEnding = false;
  #isFinished = false;
  readonly #answers: GatewayAnswers;
  readonly #agreements: LaterAgreements;

  constructor(deps: GatewayLegDeps, options: GatewayLegOptions) {
    super();
    this.#deps = deps;
    this.#options = options;
    this.#answers = new GatewayAnswers(deps.media);
    this.#agreements = new LaterAgreements({
      ...deps,
      answers: this.#answers,
      dialog: () => this.dialog,
      onCodec: (codec) => this.emit('codecAgreed', codec),
    });
    this.#candidates = [...options.candidates];
    this.#lastEnd = this.#candidates.length > 0 ? allLinesBusy : noGateway;
  }

  get gateway(): Gateway | null {
    return this.#isAnswered ? (this.#visit?.gateway ?? null) : null;
  }

  get dialog(): SipDialog | null {
    return this.#isAnswered && !this.#isFinished ? (this.#attempt?.call ?? null) : null;
  }

  /** Tries the first gateway. */
  start(): void {
    this.#go(this.#visitNext());
  }

  /** CANCEL or BYE, whichever fits. `finished` follows. Idempotent. */
  hangUp(): void {
    if (this.#isEnding || this.#isFinished) return;
    this.#isEnding = true;
    if (!this.#attempt) this.#finish(cancelled);
    else if (this.#isAnswered) this.#attempt.call.bye({ q850: 16, text: 'Normal call clearing' });
    else this.#attempt.cancel();
  }

  async sendDtmf(digits: string, isHeldByOther: boolean): Promise<void> {
    const dialog = this.#attempt?.call;
    const gateway = this.#visit?.gateway;
    const agreed = this.#answers.latest;
    if (!dialog || !gateway || !agreed) return;
    const { media } = this.#deps;
    await sendKeyTones(digits, { media, dialog, gateway, agreed, options: this.#options.dtmf }, isHeldByOther);
  }

  reoffer(offer: Reoffer): Promise<GatewayAnswer> {
    return this.#agreements.reoffer(offer);
  }

  async restoreAudio(): Promise<void> {
    const { gateway } = this;
    if (!gateway) throw new DialbridgeError('notEstablished');
    await this.#agreements.renew(gatewayMediaOf(gateway, this.#address, this.#options.codecs));
  }

  /** Says how the audio was, so before that is closed, and gives back the place at the gateway. Idempotent. */
  async close(): Promise<void> {
    const visit = this.#visit;
    this.#visit = null;
    await visit?.leave();
  }

  /** To the next gateway that has a place for the call. */
  async #visitNext(): Promise<void> {
    const { isEmergency, callId: ownId, placeId: callId = ownId } = this.#options;
    await this.close();
    for (let gateway = this.#candidates.shift(); gateway; gateway = this.#candidates.shift()) {
      if (this.#isFinished) return;
      const visit = new GatewayVisit(this.#deps, { callId, isEmergency }, gateway);
      this.#visit = visit;
      const place = await visit.enter();
      if (this.#isFinished) return visit.leave();
      if (place === 'claimed') return this.#inviteNext(visit);
      this.emit('gatewaySkipped', { gateway, why: place });
    }
    this.#finish(this.#lastEnd);
  }

  /** To the gateway's next destination. */
  async #inviteNext(visit: GatewayVisit): Promise<void> {
    let destination: SipDestination | null;
    try {
      destination = await visit.nextDestination();
    } catch (error) {
      this.#cannotInvite(visit, error);
      return;
    }
    if (this.#isFinished) return;
    if (!destination) this.#cannotInvite(visit, 'its name leads to no address');
    else await this.#invite(visit, destination);
  }

  async #invite(visit: GatewayVisit, destination: SipDestination): Promise<void> {
    // What an earlier gateway said of its audio may not be applied to the next one's.
    await this.#answers.settled();
    this.#address = destination.address;
    const offer = await this.#createOffer(visit, destination);
    if (offer === null || this.#isEnding || this.#isFinished) return;
    if (visit.tried()) this.emit('gatewayTried', visit.gateway);
    let attempt: Attempt;
    try {
      attempt = openAttempt(this.#deps, this.#options, {
        ...{ visit, destination, offer },
        onRemoteOffer: (remoteOffer) => {
          this.emit('reoffered');
          return this.#deps.media.answerGatewayOffer(remoteOffer);
        },
        onRemoteAnswer: (answer) => this.#apply(answer, () => undefined),
      });
    } catch (error) {
      // A stack that is closing, or a gateway's entry that it can't use: without this the call would wait for ever.
      this.#cannotInvite(visit, error);
      return;
    }
    this.#attempt = attempt;
    this.#listen(attempt, { visit, destination });
  }

  /** null where there is none; what becomes of the call is decided then. */
  async #createOffer({ gateway }: GatewayVisit, destination: SipDestination): Promise<string | null> {
    try {
      return await this.#deps.media.createGatewayOffer(
        gatewayMediaOf(gateway, destination.address, this.#options.codecs),
      );
    } catch (error) {
      if (this.#isFinished) return null;
      this.#deps.logger.warn({ error, gatewayId: gateway.id }, 'No audio could be offered to the gateway');
      const isCodec = error instanceof MediaError && error.code === 'noCommonCodec';
      const errorCode = isCodec ? 'noCommonCodec' : 'mediaUnavailable';
      this.#lastEnd = { outcome: 'failed', by: 'bridge', errorCode };
      if (!isCodec) this.#finish(this.#lastEnd);
      else {
        this.emit('gatewaySkipped', { gateway, why: 'noCommonCodec' });
        this.#go(this.#visitNext());
      }
      return null;
    }
  }

  #listen(attempt: Attempt, { visit, destination }: { visit: GatewayVisit; destination: SipDestination }): void {
    const { gateway } = visit;
    attempt.on('sent', () => this.emit('inviteSent', { gateway, destination, sipCallId: attempt.call.sipCallId }));
    attempt.on('heard', (postDialDelayMs) => visit.heard(postDialDelayMs));
    attempt.on('progressed', ({ status, sdp }) => {
      if (this.#isEnding) return;
      if (sdp === null) this.emit('progressed', { status, hasAudio: false });
      else this.#apply(sdp, () => this.emit('progressed', { status, hasAudio: true }));
    });
    attempt.on('answered', (sdp) => {
      this.#isAnswered = true;
      visit.answered();
      this.#apply(sdp, (answer) => this.emit('answered', answer));
    });
    attempt.on('failed', (failure) => {
      if (!this.#isFinished) this.#attemptFailed(failure, { visit, destination });
    });
    attempt.on('referred', (referral) => {
      if (!this.emit('referred', referral)) referral.reject(403);
    });
    attempt.on('digitsPressed', (digits) => {
      if (!takesEvents(gateway, this.#answers.latest)) this.emit('digitsPressed', digits);
    });
    attempt.on('ended', (end) => this.#finish(endOfTalk(end)));
  }

  #apply(sdp: string, then: (answer: GatewayAnswer) => void): void {
    const attempt = this.#attempt;
    this.#answers.apply(sdp, {
      isMeant: () => this.#attempt === attempt && !this.#isFinished,
      onApplied: (answer, before) => {
        if (answer.codec !== before?.codec) this.emit('codecAgreed', answer.codec);
        if (!this.#isEnding) then(answer);
      },
      onUnusable: (error) => this.#unusable(error),
    });
  }

  /** The gateway's SDP was of no use: nobody would hear anything. Before the answer another gateway may do better. */
  #unusable(error: unknown): void {
    const attempt = this.#attempt;
    const visit = this.#visit;
    if (!attempt || !visit) return;
    this.#deps.logger.warn({ error, gatewayId: visit.gateway.id }, 'The gateway’s audio answer could not be used');
    const failure = {
      kind: 'unusable',
      reason: error instanceof Error ? error.message : String(error),
      isCodec: error instanceof MediaError && error.code === 'noCommonCodec',
    } as const;
    if (this.#isAnswered) {
      this.#finish(endOfFailure(failure, classifyFailure(failure)));
      attempt.call.bye({ q850: 88, text: 'Incompatible destination' });
    } else {
      attempt.abandon();
      this.#attemptFailed(failure, { visit, destination: null });
    }
  }

  #cannotInvite(visit: GatewayVisit, error: unknown): void {
    if (this.#isFinished) return;
    this.#deps.logger.warn({ error, gatewayId: visit.gateway.id }, 'No INVITE could be sent to the gateway');
    if (visit.tried()) this.emit('gatewayTried', visit.gateway);
    const reason = error instanceof Error ? error.message : String(error);
    this.#attemptFailed({ kind: 'transport', reason }, { visit, destination: null });
  }

  #attemptFailed(
    failure: AttemptFailure,
    { visit, destination }: { visit: GatewayVisit; destination: SipDestination | null },
  ): void {
    const { gateway } = visit;
    const meaning = this.#meaningOf(failure);
    this.#attempt = null;
    visit.destinationFailed(meaning);
    if (destination && meaning.next === 'destination' && visit.hasMoreDestinations && !this.#isEnding) {
      this.emit('destinationFailed', { gateway, destination, failure });
      this.#go(this.#inviteNext(visit));
      return;
    }
    visit.failed(failure, meaning);
    const isLast = this.#isEnding || meaning.next === 'nobody' || this.#candidates.length === 0;
    this.#lastEnd = endOfFailure(failure, meaning);
    this.emit('gatewayFailed', { gateway, failure, isLast });
    if (isLast) this.#finish(this.#lastEnd);
    else this.#go(this.#visitNext());
  }

  #meaningOf(failure: AttemptFailure): FailureMeaning {
    const meaning = classifyFailure(failure);
    const isFinal = meaning.next === 'nobody' && (!this.#options.isEmergency || meaning.outcome === 'cancelled');
    return meaning.next === 'nobody' && !isFinal ? { ...meaning, next: 'gateway' } : meaning;
  }

  /** Whatever goes wrong in a step of ours ends the call, which would wait for ever otherwise. */
  #go(step: Promise<void>): void {
    const failed = step.catch((error: unknown) => {
      this.#finish({ outcome: 'failed', by: 'bridge', errorCode: 'internal' });
      throw error;
    });
    drop(failed, this.#deps.logger, 'inviting a gateway');
  }

  #finish(end: GatewayLegEnd): void {
    if (this.#isFinished) return;
    this.#isFinished = true;
    this.emit('finished', end);
  }
}
