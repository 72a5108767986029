import { EventEmitter } from 'node:events';
import type { CodecName } from '../../../shared/domain/index.ts';
import { GatewaySide, type GatewaySideDeps, legStats, sendDigits } from '../gateway-side/index.ts';
import {
  type DtmfOptions,
  type GatewayAnswer,
  type GatewayMedia,
  type GatewayReoffer,
  type HeldSound,
  MediaError,
  type MediaSession,
  type MediaSessionEvents,
  type MediaSessionRequest,
  type MediaSessionStats,
} from '../port/index.ts';
import type { LegDirection, RtpLegHandle } from '../rtp-leg/index.ts';
import { parseBrowserOffer } from '../sdp/index.ts';
import { BrowserSide, type BrowserSideDeps } from './browser/BrowserSide.ts';

export interface MediasoupSessionDeps extends GatewaySideDeps, BrowserSideDeps {
  readonly onClosed: () => void;
}

const nothing = { packetsIn: 0, packetsOut: 0, packetsLost: 0, jitterMs: 0, roundTripMs: null } as const;

/** The audio of one call: its browser's side and its gateway's side, and what one must do because of the other. */
export class MediasoupSession extends EventEmitter<MediaSessionEvents> implements MediaSession {
  readonly #deps: MediasoupSessionDeps;
  readonly #gateway: GatewaySide;
  readonly #browser: BrowserSide;
  /** The other call that this one's gateway talks to. */
  #joined: MediasoupSession | null = null;
  #closing: Promise<void> | null = null;

  constructor(deps: MediasoupSessionDeps, { callId, codecs, sendsSilence = false }: MediaSessionRequest) {
    super();
    this.#deps = deps;
    this.#gateway = new GatewaySide(deps, {
      // Nothing is transcoded: joined with another call, what that one speaks is all that this one may.
      codecs: () => (this.#joined?.gatewayCodec ? [this.#joined.gatewayCodec] : codecs),
      heard: { isOtherAway: sendsSilence, areGapsFilled: true, watched: sendsSilence ? 'gateway' : 'both' },
      onSecured: () => this.emit('gatewaySecured'),
      onDirectionChanged: (direction) => this.emit('gatewayDirectionChanged', direction),
    });
    this.#browser = new BrowserSide(deps, { callId, codecs, gateway: this.#gateway, leg: () => this.#leg() });
    this.#browser.on('connected', () => this.emit('browserConnected'));
    this.#browser.on('disconnected', () => this.emit('browserDisconnected'));
    this.#browser.on('replaced', () => this.emit('browserReplaced'));
    this.#browser.on('lost', () => this.emit('workerLost'));
    this.#browser.on('codecSwitched', (payload) => this.emit('codecChosen', payload));
  }

  get hasBrowserSide(): boolean {
    return this.#browser.isOpen;
  }

  async acceptBrowserOffer(sdp: string): Promise<string> {
    this.#checkOpen();
    if (this.#joined !== null) throw new MediaError('closed', 'the call is joined with another one');
    const offer = parseBrowserOffer(sdp);
    // At once, so that an offer to the gateway that is made meanwhile carries the browser's payload types.
    this.#gateway.setBrowserCodecs(this.#browser.commonCodecs(offer));
    this.#gateway.hear({ isOtherAway: false });
    return this.#browser.accept(offer);
  }

  async createGatewayOffer(options: GatewayMedia): Promise<string> {
    this.#checkOpen();
    const offer = await this.#gateway.createOffer(options);
    await this.#leg();
    return offer;
  }

  async applyGatewayAnswer(sdp: string): Promise<GatewayAnswer> {
    this.#checkOpen();
    const answer = await this.#gateway.applyAnswer(sdp);
    this.#browser.followGateway();
    return answer;
  }

  async acceptGatewayOffer(sdp: string, gateway: GatewayMedia): Promise<{ sdp: string; agreed: GatewayAnswer }> {
    this.#checkOpen();
    const answer = await this.#gateway.acceptOffer(sdp, gateway);
    await this.#leg();
    this.#browser.followGateway();
    return answer;
  }

  async answerGatewayOffer(sdp: string | null): Promise<string> {
    this.#checkOpen();
    if (sdp === null) return this.#gateway.offerAgain();
    const answer = await this.#gateway.answerOffer(sdp);
    this.#browser.followGateway();
    return answer;
  }

  async sendDtmf(digits: string, options: DtmfOptions): Promise<void> {
    this.#checkOpen();
    await sendDigits(this.#gateway, digits, options);
  }

  async stats(): Promise<MediaSessionStats> {
    const [browser, gateway] = await Promise.all([this.#browser.stats(), legStats(this.#gateway)]);
    return { codec: this.#gateway.codec, browser: browser ?? nothing, gateway };
  }

  get gatewayCodec(): CodecName | null {
    return this.#gateway.codec;
  }

  async reofferGateway(options: GatewayReoffer): Promise<string> {
    this.#checkOpen();
    return this.#gateway.reoffer(options);
  }

  play(sound: HeldSound | null): void {
    this.#gateway.hear({ sound });
  }

  setGate(isOpen: boolean): void {
    this.#gateway.hear({ isGateOpen: isOpen });
  }

  async releaseBrowser(): Promise<void> {
    this.#checkOpen();
    this.#gateway.hear({ isOtherAway: true });
    this.#gateway.setBrowserCodecs(null);
    await this.#browser.release();
  }

  /** The call that this one's gateway talks to, where it does. */
  get joined(): MediasoupSession | null {
    return this.#joined;
  }

  /** Has the gateway talk to that of `other`, whose leg is at `port` on loopback. No browser may take part. */
  async talkTo(other: MediasoupSession): Promise<void> {
    this.#checkOpen();
    this.#joined = other;
    const [leg, otherLeg] = await Promise.all([this.#leg(), other.#leg()]);
    leg.configure({ mediasoupPort: otherLeg.binding.loopbackPort, primer: null });
    const nobodyPlays = { sound: null, isGateOpen: true, isOtherAway: false } as const;
    this.#gateway.hear({ ...nobodyPlays, areEventsPassed: true, watched: 'gateway' });
  }

  /** The other call is over: the gateway is sent silence. */
  async #talkToNobody(): Promise<void> {
    this.#joined = null;
    this.#gateway.hear({ isOtherAway: true });
    (await this.#gateway.existingLeg())?.configure({ mediasoupPort: null });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const left = this.#joined?.isClosed === false ? this.#joined.#talkToNobody().catch(() => {}) : undefined;
    await Promise.all([left, this.#browser.close(), this.#gateway.close()]);
    this.#deps.onClosed();
    this.removeAllListeners();
  }

  get isClosed(): boolean {
    return this.#closing !== null;
  }

  readonly #onAudioStopped = (direction: LegDirection): void => {
    this.emit('audioStopped', { from: direction === 'toGateway' ? 'browser' : 'gateway' });
  };

  readonly #onAudioResumed = (direction: LegDirection): void => {
    this.emit('audioResumed', { from: direction === 'toGateway' ? 'browser' : 'gateway' });
  };

  readonly #onFirstAudio = (direction: LegDirection): void => {
    this.emit(direction === 'toGateway' ? 'firstAudioToGateway' : 'firstAudioFromGateway');
  };

  /** The call's leg, listened to from its first use on. */
  async #leg(): Promise<RtpLegHandle> {
    const leg = await this.#gateway.leg();
    if (!leg.listeners('firstAudio').includes(this.#onFirstAudio)) {
      leg.on('firstAudio', this.#onFirstAudio);
      leg.on('audioStopped', this.#onAudioStopped);
      leg.on('audioResumed', this.#onAudioResumed);
    }
    return leg;
  }

  #checkOpen(): void {
    if (this.#closing !== null) throw new MediaError('closed', 'the session is closed');
  }
}
