import { EventEmitter } from 'node:events';
import type { CodecName } from '../../../shared/domain/index.ts';
import { GatewaySide, type GatewaySideDeps, legStats, sendDigits, silentFrame } from '../gateway-side/index.ts';
import {
  type DtmfOptions,
  type GatewayAnswer,
  type GatewayMedia,
  MediaError,
  type MediaSession,
  type MediaSessionEvents,
  type MediaSessionRequest,
  type MediaSessionStats,
} from '../MediaRelay.ts';
import type { LegDirection, RtpLegHandle } from '../rtp-leg/index.ts';
import {
  type BrowserOffer,
  type CodecPayload,
  parseBrowserOffer,
  reverseDirection,
  writeBrowserAnswer,
} from '../sdp/index.ts';
import { BrowserSide } from './BrowserSide.ts';
import type { MediaLogger } from './MediaLogger.ts';
import type { MediaWorkers } from './MediaWorkers.ts';

export interface MediasoupSessionDeps extends GatewaySideDeps {
  readonly logger: MediaLogger;
  readonly workers: MediaWorkers;
  readonly onClosed: () => void;
}

const nothing = { packetsIn: 0, packetsOut: 0, packetsLost: 0, jitterMs: 0, roundTripMs: null } as const;

/** The audio of one call. What concerns the browser's side is done one thing after the other. */
export class MediasoupSession extends EventEmitter<MediaSessionEvents> implements MediaSession {
  readonly #deps: MediasoupSessionDeps;
  readonly #request: MediaSessionRequest;
  readonly #gateway: GatewaySide;
  readonly #sessionId: string;
  #version = 0;
  #browser: BrowserSide | null = null;
  #browserQueue: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | null = null;

  constructor(deps: MediasoupSessionDeps, request: MediaSessionRequest) {
    super();
    this.#deps = deps;
    this.#request = request;
    this.#gateway = new GatewaySide(deps, {
      codecs: () => request.codecs,
      sendsSilence: request.sendsSilence === true,
    });
    this.#sessionId = String(deps.randomInt(0xffff_ffff));
  }

  get hasBrowserSide(): boolean {
    return this.#browser !== null;
  }

  async acceptBrowserOffer(sdp: string): Promise<string> {
    this.#checkOpen();
    const offer = parseBrowserOffer(sdp);
    const codecs = this.#commonCodecs(offer);
    // At once, so that an offer to the gateway that is made meanwhile carries the browser's payload types.
    this.#gateway.setBrowserCodecs(codecs);
    return this.#enqueue(() => this.#answer(offer)).catch((error: unknown) => {
      if (error instanceof MediaError) throw error;
      throw new MediaError('workerUnavailable', `the media worker failed: ${String(error)}`);
    });
  }

  async createGatewayOffer(options: GatewayMedia): Promise<string> {
    this.#checkOpen();
    const offer = await this.#gateway.createOffer(options);
    this.#watch(await this.#gateway.leg());
    return offer;
  }

  async applyGatewayAnswer(sdp: string): Promise<GatewayAnswer> {
    this.#checkOpen();
    const answer = await this.#gateway.applyAnswer(sdp);
    this.#followGateway();
    return answer;
  }

  async acceptGatewayOffer(sdp: string, gateway: GatewayMedia): Promise<{ sdp: string; agreed: GatewayAnswer }> {
    this.#checkOpen();
    const answer = await this.#gateway.acceptOffer(sdp, gateway);
    this.#watch(await this.#gateway.leg());
    this.#followGateway();
    return answer;
  }

  async answerGatewayOffer(sdp: string | null): Promise<string> {
    this.#checkOpen();
    if (sdp === null) return this.#gateway.offerAgain();
    const answer = await this.#gateway.answerOffer(sdp);
    this.#followGateway();
    return answer;
  }

  async sendDtmf(digits: string, options: DtmfOptions): Promise<void> {
    this.#checkOpen();
    await sendDigits(this.#gateway, digits, options);
  }

  async stats(): Promise<MediaSessionStats> {
    const [browser, gateway] = await Promise.all([
      // A worker that dies meanwhile has no figures any more.
      this.#browser?.stats().catch(() => null),
      legStats(this.#gateway),
    ]);
    return { codec: this.#gateway.codec, browser: browser ?? nothing, gateway };
  }

  get gatewayCodec(): CodecName | null {
    return this.#gateway.codec;
  }

  reofferGateway(): Promise<string> {
    throw new Error('not built yet');
  }

  play(): void {
    throw new Error('not built yet');
  }

  setGate(): void {
    throw new Error('not built yet');
  }

  releaseBrowser(): Promise<void> {
    throw new Error('not built yet');
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    // The leg needn't hear of it: it is closed, too.
    this.#closeBrowser();
    await Promise.all([this.#gateway.close(), this.#browserQueue]);
    // What was being opened meanwhile has been taken back by whoever opened it.
    this.#deps.onClosed();
    this.removeAllListeners();
  }

  /** Runs after what was asked before, whether that worked or not. */
  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#browserQueue.then(task);
    this.#browserQueue = result.catch(() => {});
    return result;
  }

  async #answer(offer: BrowserOffer): Promise<string> {
    this.#checkOpen();
    const codecs = this.#commonCodecs(offer);
    const present = this.#browser;
    let side: BrowserSide;
    if (present?.isUsable === true && isSameConnection(present.offer, offer)) {
      side = present;
      await this.#refresh(side, offer);
    } else {
      side = await this.#replaceBrowser(offer, codecs);
    }
    this.#checkOpen();
    this.#version += 1;
    const first = codecs.filter(({ codec }) => codec === side.codec);
    return writeBrowserAnswer({
      offer,
      sessionId: this.#sessionId,
      version: this.#version,
      codecs: [...first, ...codecs.filter(({ codec }) => codec !== side.codec)],
      ice: side.iceParameters,
      candidates: side.candidates,
      fingerprint: side.fingerprint,
      ssrc: side.ssrcToBrowser,
      cname: (await this.#gateway.leg()).binding.cname,
      direction: reverseDirection(offer.direction),
    });
  }

  /** Another offer of the same peer connection: ICE may start anew, DTLS goes on (RFC 8842 section 5.1). */
  async #refresh(side: BrowserSide, offer: BrowserOffer): Promise<void> {
    if (offer.iceUfrag !== side.offer.iceUfrag) await side.restartIce();
    side.offer = offer;
  }

  async #replaceBrowser(offer: BrowserOffer, codecs: readonly CodecPayload[]): Promise<BrowserSide> {
    const leg = await this.#gateway.leg();
    this.#watch(leg);
    const side = await this.#open({ offer, codecs, leg: leg.binding });
    if (this.#closing !== null) {
      side.close();
      throw new MediaError('closed', 'the session is closed');
    }
    const previous = this.#browser;
    this.#browser = side;
    side.on('connected', () => this.emit('browserConnected'));
    side.on('disconnected', () => this.emit('browserDisconnected'));
    side.on('lost', () => this.#loseBrowser(side));
    const payload = codecs.find(({ codec }) => codec === side.codec);
    leg.configure({
      mediasoupPort: side.plainPort,
      primer: payload === undefined ? null : { payloadType: payload.payloadType, payload: silentFrame(payload.codec) },
    });
    previous?.removeAllListeners();
    previous?.close();
    return side;
  }

  /** When the worker dies while everything is being opened, another one is tried once. */
  async #open(request: Parameters<typeof BrowserSide.open>[1]): Promise<BrowserSide> {
    const worker = this.#deps.workers.forNextCall();
    try {
      return await BrowserSide.open(worker, request);
    } catch (error) {
      const { callId } = this.#request;
      this.#deps.logger.warn({ callId, error: String(error) }, 'A media worker could not take the call');
      if (!worker.isLost) throw new MediaError('workerUnavailable', `the media worker failed: ${String(error)}`);
    }
    try {
      return await BrowserSide.open(this.#deps.workers.forNextCall(), request);
    } catch (error) {
      if (error instanceof MediaError) throw error;
      throw new MediaError('workerUnavailable', `the media worker failed: ${String(error)}`);
    }
  }

  #loseBrowser(side: BrowserSide): void {
    if (this.#browser !== side) return;
    this.#dropBrowser();
    this.emit('workerLost');
  }

  #closeBrowser(): void {
    this.#browser?.removeAllListeners();
    this.#browser?.close();
    this.#browser = null;
  }

  #dropBrowser(): void {
    this.#closeBrowser();
    // A leg that can't be had is reported to whoever asked for it.
    this.#gateway
      .existingLeg()
      ?.then((leg) => leg.configure({ mediasoupPort: null, primer: null }))
      .catch(() => {});
  }

  /** Has the browser send what the gateway chose. */
  #followGateway(): void {
    const { callId } = this.#request;
    this.#enqueue(async () => {
      const codec = this.#gateway.codec;
      const side = this.#browser;
      if (side?.isUsable !== true || codec === null || side.codec === codec) return;
      await side.switchCodec(codec);
      const payload = this.#commonCodecs(side.offer).find((candidate) => candidate.codec === codec);
      if (payload !== undefined && this.#closing === null) this.emit('codecChosen', payload);
    }).catch((error: unknown) => {
      if (this.#closing !== null) return;
      this.#deps.logger.error({ callId, error: String(error) }, 'The codec from the browser could not be switched');
    });
  }

  /** The codecs of the call that the browser speaks; first the gateway's choice where it has chosen. */
  #commonCodecs(offer: BrowserOffer): CodecPayload[] {
    const chosen = this.#gateway.codec;
    const wanted = chosen === null ? [] : [chosen];
    const order = [...wanted, ...this.#request.codecs.filter((codec) => codec !== chosen)];
    const common = order.flatMap((codec) => offer.codecs.filter((candidate) => candidate.codec === codec));
    if (common.length === 0 || (chosen !== null && common[0]?.codec !== chosen)) {
      throw new MediaError('noCommonCodec', 'the browser speaks no codec of the call');
    }
    return common;
  }

  readonly #onFirstAudio = (direction: LegDirection): void => {
    this.emit(direction === 'toGateway' ? 'firstAudioToGateway' : 'firstAudioFromGateway');
  };

  #watch(leg: RtpLegHandle): void {
    if (!leg.listeners('firstAudio').includes(this.#onFirstAudio)) leg.on('firstAudio', this.#onFirstAudio);
  }

  #checkOpen(): void {
    if (this.#closing !== null) throw new MediaError('closed', 'the session is closed');
  }
}

/** One peer connection keeps its certificate and the SSRC of its sender. */
function isSameConnection(before: BrowserOffer, now: BrowserOffer): boolean {
  return before.fingerprint.value === now.fingerprint.value && before.ssrc === now.ssrc;
}
