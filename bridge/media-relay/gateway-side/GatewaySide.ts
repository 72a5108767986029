import { isIP, isIPv6, SocketAddress } from 'node:net';
import type { CodecName } from '../../../shared/domain/index.ts';
import { type GatewayAnswer, MediaError } from '../MediaRelay.ts';
import { type GatewaySourcePolicy, PortsExhaustedError, type RtpLegHandle, type RtpLegPool } from '../rtp-leg/index.ts';
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
  readonly gatewaySource: GatewaySourcePolicy;
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

  async createOffer(options: { codecs: readonly CodecName[]; toAddress?: string }): Promise<string> {
    const codecs = this.#usable(options.codecs);
    const local = this.#localAddress(options.toAddress);
    const leg = await this.leg(local.listenAddress);
    if (leg.binding.address !== local.listenAddress) await this.#move(leg, local.listenAddress);
    this.#checkOpen();
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

  async answerOffer(sdp: string): Promise<string> {
    const offer = parseGatewayDescription(sdp, 'badOffer');
    const usable = this.#usable(this.#callCodecs);
    const common = offer.codecs.filter(({ codec }) => usable.includes(codec));
    // What is spoken stays, as long as the gateway still wants it.
    const codec = common.find((candidate) => candidate.codec === this.codec) ?? common[0];
    if (codec === undefined)
      throw new MediaError('noCommonCodec', 'the gateway offers no codec that the browser speaks');
    const leg = await this.leg(this.#localAddress(offer.address).listenAddress);
    this.#offered = common;
    const { direction } = await this.#agree(offer, codec, 'badOffer');
    const event = this.#agreement?.event;
    return this.#write(leg, {
      codecs: [codec],
      events: event ? [event] : [],
      direction: reverseDirection(direction),
      answering: offer,
    });
  }

  /** An offer of ours inside the call, for a re-INVITE without one (RFC 3261 section 14.2). What is agreed stays until it is answered. */
  async offerAgain(): Promise<string> {
    const leg = await this.leg();
    const codecs = chooseCodecPayloads(this.#usable(this.#callCodecs), this.#browserCodecs);
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

  async #move(leg: RtpLegHandle, address: string): Promise<void> {
    await this.#deps.legs.move(leg, address).catch(toMediaError);
  }

  async #agree(
    description: GatewayDescription,
    codec: CodecPayload,
    code: 'badAnswer' | 'badOffer',
  ): Promise<GatewayAnswer> {
    const { direction, rtpPort, rtcpPort } = description;
    const event = chooseEvent(description.events, codec.codec);
    const destination = { address: await this.#resolve(description.address, code), rtpPort, rtcpPort };
    this.#checkOpen();
    // Held the old way, the gateway names no address, and yet its music comes from where it was (RFC 3264 section 8.4).
    const isNamed = destination.address !== '0.0.0.0' && destination.address !== '::';
    if (isNamed || this.#destination === null) this.#destination = destination;
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

  #localAddress(toAddress: string | undefined): GatewaySideDeps['addresses'][number] {
    const [first, ...others] = this.#deps.addresses;
    if (first === undefined) throw new Error('the relay has no address');
    if (toAddress === undefined || isIP(toAddress) === 0) return first;
    const isFamily = (one: typeof first) => isIPv6(one.listenAddress) === isIPv6(toAddress);
    return [first, ...others].find(isFamily) ?? first;
  }

  #configure(): void {
    const change = legConfig({
      offered: this.#offered,
      agreement: this.#agreement,
      browserCodecs: this.#browserCodecs,
      gatewaySource: this.#deps.gatewaySource,
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

function toMediaError(error: unknown): never {
  if (error instanceof PortsExhaustedError) throw new MediaError('portsExhausted', error.message);
  throw error;
}
