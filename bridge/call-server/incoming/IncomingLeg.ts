import { EventEmitter } from 'node:events';
import type { Gateway } from '../../../shared/admin/index.ts';
import type { CodecName, DisconnectedBy } from '../../../shared/domain/index.ts';
import type { DtmfOptions, GatewayAnswer, GatewayAudio } from '../../media-relay/index.ts';
import { drop, type Logger } from '../../observability/index.ts';
import type { IncomingReferral, IncomingSipCall, SipCallEnd, SipDialog } from '../../sip-stack/index.ts';
import {
  type GatewayLegEnd,
  type GatewaySide,
  type Reoffer,
  sendFreshOffer,
  sendKeyTones,
  sendReoffer,
  takesEvents,
  toMediaFault,
} from '../call-handler/index.ts';
import { callingMediaOf } from '../gateway-dialect/index.ts';
import type { CallerPlace } from './CallerPlace.ts';

export interface IncomingLegDeps {
  readonly call: IncomingSipCall;
  readonly media: Pick<
    GatewayAudio,
    | 'acceptGatewayOffer'
    | 'createGatewayOffer'
    | 'applyGatewayAnswer'
    | 'answerGatewayOffer'
    | 'reofferGateway'
    | 'sendDtmf'
  >;
  readonly place: Pick<CallerPlace, 'answered' | 'leave'>;
  /** Mean opinion score of what came from the gateway (ITU-T G.107). */
  readonly readMos: () => Promise<number | null>;
  readonly logger: Logger;
}

export interface IncomingLegOptions {
  readonly gateway: Gateway;
  readonly dtmf: DtmfOptions;
}

export interface IncomingLegEvents {
  /** This is the codec towards the gateway (now). */
  codecAgreed: [CodecName];
  /** Our 200 went out. At most once. */
  answered: [];
  /** The gateway sent an offer inside the call (re-INVITE, UPDATE). */
  reoffered: [];
  /** The gateway asks us to call somebody else in its stead. Without a listener it is refused. */
  referred: [IncomingReferral];
  /** Keys of the other party by SIP INFO, where they don't go with the audio as RFC 4733 events. */
  digitsPressed: [digits: string];
  /** Terminal, exactly once. */
  finished: [GatewayLegEnd];
}

/** The native side of a call that a gateway made, from the moment at which somebody takes it. */
export class IncomingLeg extends EventEmitter<IncomingLegEvents> implements GatewaySide {
  readonly #deps: IncomingLegDeps;
  readonly #options: IncomingLegOptions;
  #agreed: GatewayAnswer | null = null;
  #description: Promise<string> | null = null;
  #isAnswered = false;
  #isEnding = false;
  #isFinished = false;

  constructor(deps: IncomingLegDeps, options: IncomingLegOptions) {
    super();
    this.#deps = deps;
    this.#options = options;
    deps.call.on('cancelled', () => this.#finish({ outcome: 'cancelled', by: 'caller' }));
    deps.call.on('confirmed', ({ sdp }) => this.#confirmed(sdp));
    deps.call.on('referred', (referral) => {
      if (!this.emit('referred', referral)) referral.reject(403);
    });
    deps.call.on('digitsPressed', (digits) => {
      if (!takesEvents(options.gateway, this.#agreed)) this.emit('digitsPressed', digits);
    });
    deps.call.on('ended', (end) => this.#ended(end));
  }

  get gateway(): Gateway | null {
    return this.#isAnswered ? this.#options.gateway : null;
  }

  get dialog(): SipDialog | null {
    return this.#isAnswered && !this.#isFinished ? this.#deps.call : null;
  }

  /**
   * Answers the gateway, by its offer or by one of ours where it made none. Never rejects: what can't be answered is refused, and
   * `finished` says why.
   */
  async answer(): Promise<void> {
    const { call, logger } = this.#deps;
    try {
      const sdp = await this.#describe();
      if (this.#isFinished || this.#isEnding) return;
      call.answer(sdp, this.#offerHandlers());
      this.#isAnswered = true;
      this.#deps.place.answered();
      this.emit('answered');
    } catch (thrown) {
      if (this.#isFinished) return;
      logger.warn(
        { error: thrown, gatewayId: this.#options.gateway.id },
        'A call of the gateway could not be answered',
      );
      const { code } = toMediaFault(thrown);
      call.reject(
        code === 'noCommonCodec' || code === 'badOffer' ? { status: 488, q850: 88 } : { status: 503, q850: 47 },
      );
      this.#finish({ outcome: 'failed', by: 'bridge', errorCode: code });
    }
  }

  /** 183 with the audio of who is called, as it is before the answer (RFC 3960). Not where the gateway made no offer. */
  async openEarlyMedia(): Promise<void> {
    const { call, logger } = this.#deps;
    if (call.offer === null) return;
    try {
      const sdp = await this.#describe();
      if (!this.#isFinished && !this.#isEnding && !this.#isAnswered) call.progress(sdp, this.#offerHandlers());
    } catch (error) {
      logger.warn(
        { error, gatewayId: this.#options.gateway.id },
        'No early media could be passed to the calling gateway',
      );
    }
  }

  #offerHandlers(): Parameters<IncomingSipCall['answer']>[1] {
    const { media, logger } = this.#deps;
    return {
      onRemoteOffer: (offer) => {
        this.emit('reoffered');
        return media.answerGatewayOffer(offer);
      },
      onRemoteAnswer: (answer) => drop(this.#apply(answer), logger, 'applying an answer of a gateway'),
    };
  }

  /** BYE, or before the answer 487. Idempotent. */
  hangUp(): void {
    if (this.#isEnding || this.#isFinished) return;
    this.#isEnding = true;
    this.#deps.call.bye({ q850: 16, text: 'Normal call clearing' });
    // What was not answered has its final answer now, and nothing follows.
    if (!this.#isAnswered) this.#finish({ outcome: 'cancelled', by: 'called' });
  }

  async reoffer(offer: Reoffer): Promise<GatewayAnswer> {
    const { media } = this.#deps;
    const agreed = await media.applyGatewayAnswer(await sendReoffer(this.dialog, media, offer));
    this.#agree(agreed);
    return agreed;
  }

  async restoreAudio(): Promise<void> {
    const { media, call } = this.#deps;
    const audio = callingMediaOf(this.#options.gateway, call.source.address, call.offer);
    this.#agree(await media.applyGatewayAnswer(await sendFreshOffer(this.dialog, media, audio)));
  }

  close(): Promise<void> {
    return this.#deps.place.leave(this.#deps.readMos);
  }

  async sendDtmf(digits: string, isHeldByOther: boolean): Promise<void> {
    const { media, call: dialog } = this.#deps;
    const { gateway, dtmf: options } = this.#options;
    await sendKeyTones(digits, { media, dialog, gateway, agreed: this.#agreed, options }, isHeldByOther);
  }

  /** Our SDP, the same in a 183 and in the 200 (RFC 3261 section 13.2.1). */
  #describe(): Promise<string> {
    this.#description ??= this.#makeDescription();
    return this.#description;
  }

  async #makeDescription(): Promise<string> {
    const { call, media } = this.#deps;
    const audio = callingMediaOf(this.#options.gateway, call.source.address, call.offer);
    if (call.offer === null) return media.createGatewayOffer(audio);
    const { sdp, agreed } = await media.acceptGatewayOffer(call.offer, audio);
    this.#agree(agreed);
    return sdp;
  }

  /** The ACK: with the gateway's answer where the offer was ours. */
  #confirmed(sdp: string | null): void {
    if (sdp === null || this.#deps.call.offer !== null) return;
    drop(this.#apply(sdp), this.#deps.logger, 'applying the answer of a gateway');
  }

  async #apply(sdp: string): Promise<void> {
    if (this.#isFinished) return;
    try {
      this.#agree(await this.#deps.media.applyGatewayAnswer(sdp));
    } catch (thrown) {
      // Nobody would hear anything.
      if (this.#isFinished) return;
      const { code } = toMediaFault(thrown);
      this.#finish({ outcome: 'failed', by: 'bridge', errorCode: code });
      this.#deps.call.bye({ q850: 88, text: 'Incompatible destination' });
    }
  }

  #agree(agreed: GatewayAnswer): void {
    if (agreed.codec !== this.#agreed?.codec) this.emit('codecAgreed', agreed.codec);
    this.#agreed = agreed;
  }

  #ended({ by, status, q850 }: SipCallEnd): void {
    const who: Record<SipCallEnd['by'], DisconnectedBy> = { remote: 'caller', local: 'called', transport: 'bridge' };
    this.#finish({
      outcome: 'answered',
      by: who[by],
      ...(by === 'transport' && { errorCode: 'gatewayLost' as const }),
      ...(status !== undefined && by !== 'local' && { sipStatus: status }),
      ...(q850 !== undefined && { q850 }),
    });
  }

  #finish(end: GatewayLegEnd): void {
    if (this.#isFinished) return;
    this.#isFinished = true;
    this.emit('finished', end);
  }
}
