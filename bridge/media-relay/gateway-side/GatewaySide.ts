import { isIP, isIPv6, SocketAddress } from 'node:net';
import type { CodecName } from '../../../shared/domain/index.ts';
import { type GatewayAnswer, type GatewayMedia, MediaError } from '../MediaRelay.ts';
import { PortsExhaustedError, type RtpLegHandle, type RtpLegPool } from '../rtp-leg/index.ts';
import {
  type CodecPayload,
  chooseCodecPayloads,
  chooseEvent,
  chooseEventPayloads,
  type Direction,
  type EventPayload,
  type GatewayDescription,
  type GatewayDescriptionToWrite,
  parseGatewayDescription,
  reverseDirection,
  writeGatewayDescription,
} from '../sdp/index.ts';
import { legConfig } from './legConfig.ts';

export interface GatewaySideDeps {
  readonly legs: RtpLegPool;
  readonly addresses: readonly { readonly listenAddress: string; readonly announcedAddress: string | null }[];
  readonly randomInt: (limit: number) => number;
  /** Address of a host that an SDP names. */
  readonly resolveHost: (host: string, family: 4 | 6) => Promise<string>;
}

/** What was agreed with the gateway. */
export interface GatewayAgreement {
  readonly codec: CodecPayload;
  readonly event: EventPayload | null;
  readonly direction: Direction;
  readonly address: string;
  readonly rtpPort: number;
  readonly rtcpPort: number;
}

/** The gateway's half of a call: its RTP leg, and the offers and answers about it. It may not know of mediasoup. */
export class GatewaySide {
  readonly #deps: GatewaySideDeps;
  readonly #callCodecs: readonly CodecName[];
  readonly #sessionId: string;
  #version = 0;
  /** How audio is exchanged with the gateway of now. */
  #media: GatewayMedia | null = null;
  #leg: Promise<RtpLegHandle> | null = null;
  #browserCodecs: readonly CodecPayload[] | null = null;
  /** What the gateway may send us. */
  #offered: readonly CodecPayload[] = [];
  #agreement: GatewayAgreement | null = null;
  #destination: Pick<GatewayAgreement, 'address' | 'rtpPort' | 'rtcpPort'> | null = null;
  #isClosed = false;

  constructor(deps: GatewaySideDeps, callCodecs: readonly CodecName[]) {
    this.#deps = deps;
    this.#callCodecs = callCodecs;
    this.#sessionId = String(deps.randomInt(0xffff_ffff));
  }

  get codec(): CodecName | null {
    return this.#agreement?.codec.codec ?? null;
  }

  get dtmfPayloadType(): number | null {
    return this.#agreement?.event?.payloadType ?? null;
  }

  /** The call's leg; its ports are taken at the first use. */
  leg(address = this.#deps.addresses[0]?.listenAddress ?? ''): Promise<RtpLegHandle> {
    this.#leg ??= this.#acquire(address).catch((error: unknown) => {
      this.#leg = null;
      throw error;
    });
    return this.#leg;
  }

  /** The leg where it is there already. */
  existingLeg(): Promise<RtpLegHandle> | null {
    return this.#leg;
  }

  /** The codecs that the browser speaks and its payload types, which are those of mediasoup's side. */
  setBrowserCodecs(codecs: readonly CodecPayload[]): void {
    this.#browserCodecs = codecs;
    this.#configure();
  }

  async createOffer(media: GatewayMedia): Promise<string> {
    const codecs = this.#usable(media.codecs);
    const leg = await this.#legTowards(media.toAddress);
    this.#media = media;
    this.#offered = chooseCodecPayloads(codecs, this.#browserCodecs);
    this.#agreement = null;
    this.#destination = null;
    this.#configure();
    return this.#write(leg, {
      codecs: this.#offered,
      events: chooseEventPayloads(this.#offered),
      direction: 'sendrecv',
    });
  }

  async applyAnswer(sdp: string): Promise<GatewayAnswer> {
    const answer = parseGatewayDescription(sdp, 'badAnswer');
    const codec = answer.codecs.find((candidate) => this.#offered.some((offered) => offered.codec === candidate.codec));
    if (codec === undefined) throw new MediaError('noCommonCodec', 'the gateway answered with no codec of the offer');
    return this.#agree(answer, codec, 'badAnswer');
  }

  /** The first offer of a gateway that calls. Of what both speak the call's order decides, so that the browser needn't switch. */
  async acceptOffer(sdp: string, media: GatewayMedia): Promise<{ sdp: string; agreed: GatewayAnswer }> {
    const offer = parseGatewayDescription(sdp, 'badOffer');
    const common = this.#commonCodecs(offer, media);
    const preferred = this.#callCodecs.find((codec) => common.some((candidate) => candidate.codec === codec));
    const leg = await this.#legTowards(isIP(offer.address) === 0 ? media.toAddress : offer.address);
    this.#media = media;
    return this.#answer({ leg, offer, common, preferred });
  }

  async answerOffer(sdp: string): Promise<string> {
    const offer = parseGatewayDescription(sdp, 'badOffer');
    const common = this.#commonCodecs(offer, this.#media);
    const leg = await this.#legTowards(isUnspecified(offer.address) ? undefined : offer.address);
    // What is spoken stays, as long as the gateway still wants it.
    return (await this.#answer({ leg, offer, common, preferred: this.codec ?? undefined })).sdp;
  }

  /** An offer of ours inside the call, for a re-INVITE without one (RFC 3261 section 14.2). What is agreed stays until it is answered. */
  async offerAgain(): Promise<string> {
    const leg = await this.leg();
    const codecs = chooseCodecPayloads(this.#usable(this.#media?.codecs ?? this.#callCodecs), this.#browserCodecs);
    this.#offered = codecs;
    this.#configure();
    return this.#write(leg, { codecs, events: chooseEventPayloads(codecs), direction: 'sendrecv' });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    // When the ports couldn't be had there is nothing to free.
    const leg = await this.#leg?.catch(() => null);
    await leg?.close();
  }

  async #acquire(address: string): Promise<RtpLegHandle> {
    this.#checkOpen();
    const leg = await this.#deps.legs.acquire(address).catch(toMediaError);
    if (!this.#isClosed) return leg;
    await leg.close();
    throw new MediaError('closed', 'the session is closed');
  }

  /** The leg on an address of the family that `remote` is of; where it is already when nothing is said about that. */
  async #legTowards(remote: string | undefined): Promise<RtpLegHandle> {
    const local = this.#localAddress(remote)?.listenAddress;
    const leg = await this.leg(local);
    if (local !== undefined && leg.binding.address !== local) {
      await this.#deps.legs.move(leg, local).catch(toMediaError);
    }
    this.#checkOpen();
    return leg;
  }

  #commonCodecs(offer: GatewayDescription, media: GatewayMedia | null): CodecPayload[] {
    const usable = this.#usable(media?.codecs ?? this.#callCodecs);
    const common = offer.codecs.filter(({ codec }) => usable.includes(codec));
    if (common.length > 0) return common;
    throw new MediaError('noCommonCodec', 'the gateway offers no codec that the other side of the call speaks');
  }

  /** One codec and its events, under the numbers of the offer (RFC 3264 section 6.1). */
  async #answer(options: {
    readonly leg: RtpLegHandle;
    readonly offer: GatewayDescription;
    readonly common: readonly CodecPayload[];
    readonly preferred: CodecName | undefined;
  }): Promise<{ sdp: string; agreed: GatewayAnswer }> {
    const { leg, offer, common, preferred } = options;
    const codec = common.find((candidate) => candidate.codec === preferred) ?? common[0];
    if (codec === undefined) throw new MediaError('noCommonCodec', 'the gateway offers no codec of the call');
    const agreed = await this.#agree(offer, codec, 'badOffer');
    this.#offered = common;
    this.#configure();
    const event = this.#agreement?.event;
    const sdp = this.#write(leg, {
      codecs: [codec],
      events: event ? [event] : [],
      direction: reverseDirection(agreed.direction),
      answering: offer,
    });
    return { sdp, agreed };
  }

  async #agree(
    description: GatewayDescription,
    codec: CodecPayload,
    code: 'badAnswer' | 'badOffer',
  ): Promise<GatewayAnswer> {
    const { direction, rtpPort, rtcpPort } = description;
    const event = chooseEvent(description.events, codec.codec);
    const address = await this.#resolve(description.address, code);
    const ours = (await this.leg()).binding.address;
    this.#checkOpen();
    if (!isUnspecified(address) && isIPv6(address) !== isIPv6(ours)) {
      throw new MediaError(
        code,
        `the gateway wants its audio at ${address}, and we have no media address of that family`,
      );
    }
    // Held the old way, the gateway names no address, and yet its music comes from where it was (RFC 3264 section 8.4).
    if (!isUnspecified(address)) this.#destination = { address, rtpPort, rtcpPort };
    else this.#destination ??= { address, rtpPort: 0, rtcpPort: 0 };
    this.#agreement = { codec, event, direction, ...this.#destination };
    this.#configure();
    return { codec: codec.codec, dtmfPayloadType: event?.payloadType ?? null, direction };
  }

  async #resolve(host: string, code: 'badAnswer' | 'badOffer'): Promise<string> {
    if (isIP(host) === 0) {
      try {
        const isOverIPv6 = isIPv6((await this.leg()).binding.address);
        return await this.#deps.resolveHost(host, isOverIPv6 ? 6 : 4);
      } catch {
        throw new MediaError(code, `the gateway's media host ${host} cannot be found`);
      }
    }
    // As the system writes it, so that it can be compared with a packet's source.
    return new SocketAddress({ address: host, family: isIPv6(host) ? 'ipv6' : 'ipv4' }).address;
  }

  #usable(codecs: readonly CodecName[]): CodecName[] {
    const usable = codecs.filter(
      (codec) =>
        this.#callCodecs.includes(codec) &&
        (this.#browserCodecs === null || this.#browserCodecs.some((browser) => browser.codec === codec)),
    );
    if (usable.length === 0) {
      throw new MediaError('noCommonCodec', 'the call, the browser and the gateway have no codec in common');
    }
    return usable;
  }

  #localAddress(remote: string | undefined): GatewaySideDeps['addresses'][number] | undefined {
    const { addresses } = this.#deps;
    if (remote === undefined || isIP(remote) === 0) return this.#leg === null ? addresses[0] : undefined;
    return addresses.find((one) => isIPv6(one.listenAddress) === isIPv6(remote)) ?? addresses[0];
  }

  #configure(): void {
    const change = legConfig({
      offered: this.#offered,
      agreement: this.#agreement,
      browserCodecs: this.#browserCodecs,
      gatewaySource: this.#media?.audioSource ?? 'sameAddress',
    });
    // A leg that can't be had is reported to whoever asked for it.
    this.#leg?.then((leg) => leg.configure(change)).catch(() => {});
  }

  #write(
    leg: RtpLegHandle,
    content: Pick<GatewayDescriptionToWrite, 'codecs' | 'events' | 'direction' | 'answering'>,
  ): string {
    this.#version += 1;
    const { address, rtpPort } = leg.binding;
    const local = this.#deps.addresses.find(({ listenAddress }) => listenAddress === address);
    return writeGatewayDescription({
      ...content,
      sessionId: this.#sessionId,
      version: this.#version,
      address: local?.announcedAddress ?? address,
      rtpPort,
      rtcpPort: rtpPort + 1,
    });
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new MediaError('closed', 'the session is closed');
  }
}

function isUnspecified(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

function toMediaError(error: unknown): never {
  if (error instanceof PortsExhaustedError) throw new MediaError('portsExhausted', error.message);
  throw error;
}
