import { isIP } from 'node:net';
import type { CodecName } from '../../../shared/domain/index.ts';
import { type GatewayAnswer, type GatewayMedia, MediaError } from '../port/index.ts';
import type { RtpLegHandle } from '../rtp-leg/index.ts';
import {
  type CodecPayload,
  type CryptoLine,
  chooseCodecPayloads,
  chooseEventPayloads,
  type GatewayDescription,
  type GatewayDescriptionToWrite,
  parseGatewayDescription,
  SdpOrigin,
  writeGatewayDescription,
} from '../sdp/index.ts';
import { CallLeg, isUnspecified, type OurPlace } from './CallLeg.ts';
import { commonCodecs, usableCodecs } from './commonCodecs.ts';
import { DtlsExchange } from './DtlsExchange.ts';
import { agreementOn, type GatewayAgreement } from './GatewayAgreement.ts';
import type { GatewaySideCall, GatewaySideDeps } from './GatewaySideCall.ts';
import { HoldAxis, type OurDirection } from './HoldAxis.ts';
import { type AgreedKeys, KeyExchange } from './KeyExchange.ts';
import { type HeardByGateway, heardAtFirst, legConfig } from './legConfig.ts';

/** The gateway's half of a call: its RTP leg, and the offers and answers about it. It may not know of mediasoup. */
export class GatewaySide {
  readonly #call: GatewaySideCall;
  readonly #leg: CallLeg;
  readonly #keys: KeyExchange;
  readonly #dtls: DtlsExchange;
  readonly #origin: SdpOrigin;
  /** How audio is exchanged with the gateway of now. */
  #media: GatewayMedia | null = null;
  #browserCodecs: readonly CodecPayload[] | null = null;
  /** What the gateway may send us. */
  #offered: readonly CodecPayload[] = [];
  /** What it may send us once it has answered our last offer; null when it has. */
  #asked: readonly CodecPayload[] | null = null;
  #agreement: GatewayAgreement | null = null;
  /** Of descriptions that the gateway has given. */
  #round = 0;
  readonly #hold = new HoldAxis();
  #heard: HeardByGateway;

  constructor(deps: GatewaySideDeps, call: GatewaySideCall) {
    this.#call = call;
    this.#heard = { ...heardAtFirst, ...call.heard };
    this.#leg = new CallLeg(deps);
    this.#keys = new KeyExchange(deps);
    this.#dtls = new DtlsExchange(deps, () => {
      this.#configure();
      call.onSecured?.();
    });
    this.#origin = new SdpOrigin(deps);
  }

  get codec(): CodecName | null {
    return this.#agreement?.codec.codec ?? null;
  }

  get dtmfPayloadType(): number | null {
    return this.#agreement?.event?.payloadType ?? null;
  }

  /** Clock rates of the events that the gateway knows; null before it said so. */
  get eventClockRates(): readonly number[] | null {
    return this.#agreement?.events.map(({ clockRate }) => clockRate) ?? null;
  }

  /** The call's leg; its ports are taken at the first use. */
  leg(): Promise<RtpLegHandle> {
    return this.#leg.take();
  }

  /** The leg where it is there already. */
  existingLeg(): Promise<RtpLegHandle> | null {
    return this.#leg.existing;
  }

  /** The codecs that the browser speaks and its payload types, which are those of mediasoup's side; null: there is no browser. */
  setBrowserCodecs(codecs: readonly CodecPayload[] | null): void {
    this.#browserCodecs = codecs;
    this.#configure();
  }

  /** Takes over what is given and keeps the rest. */
  hear(change: Partial<HeardByGateway>): void {
    this.#heard = { ...this.#heard, ...change };
    this.#configure();
  }

  async createOffer(media: GatewayMedia): Promise<string> {
    const codecs = this.#usable(media.codecs);
    const leg = await this.#leg.towards(media.toAddress);
    this.#media = media;
    // The keys were told to another gateway.
    this.#keys.forget();
    this.#dtls.forget();
    this.#agreement = null;
    this.#hold.restart();
    this.#offered = [];
    return this.#offer(leg, codecs, 'sendrecv');
  }

  async applyAnswer(sdp: string): Promise<GatewayAnswer> {
    const answer = parseGatewayDescription(sdp, 'badAnswer', this.#media?.srtp);
    const offered = this.#asked ?? this.#offered;
    const codec = answer.codecs.find((candidate) => offered.some((one) => one.codec === candidate.codec));
    if (codec === undefined) throw new MediaError('noCommonCodec', 'the gateway answered with no codec of the offer');
    if (answer.webRtc) this.#dtls.accept(answer.webRtc, await this.leg());
    const srtp = answer.webRtc ? null : this.#keys.accept(answer, this.#media?.srtp);
    const agreed = await this.#agree({ description: answer, codec, srtp, offered, code: 'badAnswer' });
    this.#settle(this.#hold.answered(answer.direction));
    return agreed;
  }

  /** The first offer of a gateway that calls. Of what both speak the call's order decides, so that the browser needn't switch. */
  async acceptOffer(sdp: string, media: GatewayMedia): Promise<{ sdp: string; agreed: GatewayAnswer }> {
    const offer = parseGatewayDescription(sdp, 'badOffer', media.srtp);
    const common = commonCodecs(offer, this.#usable(media.codecs));
    const preferred = this.#call.codecs().find((codec) => common.some((candidate) => candidate.codec === codec));
    const leg = await this.#leg.towards(isIP(offer.address) === 0 ? media.toAddress : offer.address);
    this.#media = media;
    return this.#answer({ leg, offer, common, preferred });
  }

  async answerOffer(sdp: string): Promise<string> {
    const offer = parseGatewayDescription(sdp, 'badOffer', this.#media?.srtp);
    const common = commonCodecs(offer, this.#usable(this.#media?.codecs ?? this.#call.codecs()));
    const leg = await this.#leg.towards(isUnspecified(offer.address) ? undefined : offer.address);
    // What is spoken stays, as long as the gateway still wants it.
    return (await this.#answer({ leg, offer, common, preferred: this.codec ?? undefined })).sdp;
  }

  /** An offer of ours inside the call, for a re-INVITE without one (RFC 3261 section 14.2). What is agreed stays until it is answered. */
  async offerAgain(): Promise<string> {
    return this.#offer(await this.leg(), this.#usable(this.#media?.codecs ?? this.#call.codecs()), this.#hold.ours);
  }

  /** An offer for a re-INVITE of ours, of the codec that is spoken where no others are named. What is agreed stays as above. */
  async reoffer(options: { direction: OurDirection; codecs?: readonly CodecName[] }): Promise<string> {
    const ofGateway = this.#media?.codecs ?? this.#call.codecs();
    const wanted = options.codecs ?? (this.codec === null ? ofGateway : [this.codec]);
    const codecs = this.#usable(wanted.filter((codec) => ofGateway.includes(codec)));
    return this.#offer(await this.leg(), codecs, options.direction);
  }

  /** Idempotent. */
  close(): Promise<void> {
    this.#dtls.forget();
    return this.#leg.close();
  }

  async #offer(leg: RtpLegHandle, codecs: readonly CodecName[], direction: OurDirection): Promise<string> {
    const srtp = this.#media?.srtp ?? 'off';
    const webRtc = srtp === 'dtls' ? await this.#dtls.offer(this.#media?.mid) : null;
    // Inside a call a number means what it meant before (RFC 3264 section 8.3.2).
    const asked = chooseCodecPayloads(codecs, [...this.#offered, ...(this.#browserCodecs ?? [])]);
    this.#asked = asked;
    this.#hold.ask(direction);
    this.#configure();
    const clockRates = this.#call.eventClockRates?.() ?? null;
    return this.#write(leg, {
      codecs: asked,
      events: chooseEventPayloads(asked).filter(({ clockRate }) => clockRates?.includes(clockRate) !== false),
      direction,
      crypto: srtp === 'off' || webRtc ? [] : this.#keys.offer(),
      webRtc,
      isSecureOnly: srtp === 'required' || this.#agreement?.isSecureOnly === true,
    });
  }

  /** One codec, its events and one key, under the numbers of the offer (RFC 3264 section 6.1). */
  async #answer(options: {
    readonly leg: RtpLegHandle;
    readonly offer: GatewayDescription;
    readonly common: readonly CodecPayload[];
    readonly preferred: CodecName | undefined;
  }): Promise<{ sdp: string; agreed: GatewayAnswer }> {
    const { leg, offer, common, preferred } = options;
    const codec = common.find((candidate) => candidate.codec === preferred) ?? common[0];
    if (codec === undefined) throw new MediaError('noCommonCodec', 'the gateway offers no codec of the call');
    const webRtc = offer.webRtc && (await this.#dtls.answer(offer.webRtc, leg));
    const crypto = this.#keys.answer(offer.crypto, this.#agreement?.srtp?.sending.suite);
    const srtp = crypto?.keys ?? null;
    const agreed = await this.#agree({ description: offer, codec, srtp, offered: common, code: 'badOffer' });
    const { answer, changed } = this.#hold.offered(agreed.direction);
    this.#settle(changed);
    const event = this.#agreement?.event;
    const lines: readonly CryptoLine[] = crypto === null ? [] : [crypto.line];
    const sdp = this.#write(leg, {
      codecs: [codec],
      events: event ? [event] : [],
      direction: answer,
      crypto: lines,
      webRtc,
      answering: offer,
    });
    return { sdp, agreed };
  }

  async #agree(options: {
    readonly description: GatewayDescription;
    readonly codec: CodecPayload;
    readonly srtp: AgreedKeys | null;
    /** What the gateway may send us. */
    readonly offered: readonly CodecPayload[];
    readonly code: 'badAnswer' | 'badOffer';
  }): Promise<GatewayAnswer> {
    const { description, codec, srtp, offered, code } = options;
    const clockRates = this.#call.eventClockRates?.() ?? null;
    const address = await this.#leg.resolve(description.address, code);
    const before = this.#agreement;
    if (srtp === null && before?.srtp) this.#keys.forget();
    this.#agreement = agreementOn(description, { codec, srtp, address, clockRates, before });
    this.#offered = offered;
    this.#asked = null;
    this.#round += 1;
    return { codec: codec.codec, dtmfPayloadType: this.dtmfPayloadType, direction: description.direction };
  }

  #usable(codecs: readonly CodecName[]): CodecName[] {
    return usableCodecs(codecs, { ofCall: this.#call.codecs(), ofBrowser: this.#browserCodecs });
  }

  /** What was agreed comes into force. */
  #settle(changed: GatewayAnswer['direction'] | null): void {
    this.#configure();
    if (changed !== null) this.#call.onDirectionChanged?.(changed);
  }

  #configure(): void {
    const change = legConfig({
      // The gateway may send what it is asked for before its answer is here.
      offered: [...this.#offered, ...(this.#asked ?? [])],
      agreement: this.#agreement,
      browserCodecs: this.#browserCodecs,
      gatewaySource: this.#media?.audioSource ?? 'sameAddress',
      ours: this.#hold.ours,
      round: this.#round,
      heard: this.#heard,
      dtls: this.#dtls.state,
    });
    // A leg that can't be had is reported to whoever asked for it.
    this.#leg.existing?.then((leg) => leg.configure(change)).catch(() => {});
  }

  #write(
    leg: RtpLegHandle,
    content: Omit<GatewayDescriptionToWrite, keyof OurPlace | 'sessionId' | 'version'>,
  ): string {
    return writeGatewayDescription({ ...content, ...this.#origin.next(), ...this.#leg.announced(leg) });
  }
}
