import { EventEmitter } from 'node:events';
import type { CodecName, MediaWay } from '../../../../shared/domain/index.ts';
import {
  type DtmfOptions,
  type GatewayAnswer,
  type GatewayMedia,
  type GatewayReoffer,
  type HeldSound,
  MediaError,
  type MediaSession,
  type MediaSessionEvents,
  type MediaSessionStats,
} from '../../../media-relay/index.ts';
import type { Clock } from '../../../observability/index.ts';
import type { GatewayMediaWay } from '../../gateway-dialect/index.ts';
import { BrowserOffer } from './BrowserOffer.ts';
import { DirectPath } from './DirectPath.ts';
import { LazyRelay } from './LazyRelay.ts';
import { OfferWait } from './OfferWait.ts';
import { renumber } from './renumber.ts';

export interface DirectableAudioDeps {
  /** Asked when the relay is needed, and again where it was given back meanwhile. */
  readonly createRelayed: () => MediaSession;
  readonly clock: Clock;
}

export interface DirectableAudioOptions {
  /** The first gateway speaks with the browser itself: the first offer isn’t answered by the relay. */
  readonly beginsDirect: boolean;
}

export interface AudioWayEvents {
  /** The gateway that is tried next gets its audio this way. Not where it is the same as before. */
  chosen: [MediaWay];
  /** The gateway that had the browser has the relay now. */
  takenOver: [];
  /** The browser’s last offer has been answered after all, by the gateway or by the relay. */
  answered: [sdp: string];
  /** Only a new offer of the browser leads on. */
  restartNeeded: [];
  /** The gateway’s later answer leads to another place than the one that the browser has. */
  pathChanged: [];
  /** The browser has the relay now, and the gateway still the browser: it is to be offered the relay. */
  takeOverDue: [];
}

/** Who has answered the browser’s last offer. */
type AnsweredBy = 'nobody' | 'gateway' | 'relay';

/**
 * The audio of a call that may go between browser and gateway without us, or by the relay. It begins either way, and changes with
 * the gateway that is tried:
 *
 *             a gateway with `media: direct`, while an offer of the browser has no answer
 *      relay ─────────────────────────────────────────────────────────────────────────────► direct
 *            ◄─────────────────────────────────────────────────────────────────────────────
 *             another gateway; a later offer of the browser, and the re-INVITE that follows
 *
 * Going direct gives back all that the relay had; going by the relay is for good within one gateway.
 */
export class DirectableAudio extends EventEmitter<MediaSessionEvents> implements MediaSession {
  readonly way = new EventEmitter<AudioWayEvents>();
  readonly #clock: Clock;
  readonly #options: DirectableAudioOptions;
  readonly #relay: LazyRelay;
  readonly #wait: OfferWait;
  /** The browser’s last offer; as `#browser` where a gateway may be given it. */
  #sdp: string | null = null;
  #browser: BrowserOffer | null = null;
  #answeredBy: AnsweredBy = 'nobody';
  /** While the gateway has the browser’s own description. */
  #path: DirectPath | null = null;
  #gatewayMedia: GatewayMedia | null = null;
  /** The relay was offered to the gateway in place of the browser; what it answers is the relay’s. */
  #isRelayOffered = false;
  /** Session number and version that our descriptions to this gateway go on with (RFC 3264 section 8). */
  #origin: { readonly sessionId: string; version: number } | null = null;
  #chosen: MediaWay | null = null;
  #isClosed = false;

  constructor({ createRelayed, clock }: DirectableAudioDeps, options: DirectableAudioOptions) {
    super();
    this.#clock = clock;
    this.#options = options;
    this.#relay = new LazyRelay(createRelayed, this);
    this.#wait = new OfferWait(clock);
  }

  /** The relay’s part of it, opened where it wasn’t. */
  get relayed(): MediaSession {
    return this.#relay.open();
  }

  get isDirect(): boolean {
    return this.#path !== null;
  }

  get gatewayCodec(): CodecName | null {
    return this.#path ? null : this.#relay.gatewayCodec;
  }

  /**
   * An offer of the browser, which can wait for its answer: null says that it does (`answered`).
   * @throws MediaError as `acceptBrowserOffer`
   */
  async offered(sdp: string): Promise<string | null> {
    const isFirst = this.#sdp === null;
    if (!(isFirst && this.#options.beginsDirect) && !this.#wait.isOn) return this.acceptBrowserOffer(sdp);
    this.#setOffer(sdp, new BrowserOffer(sdp, this.#clock));
    this.#answeredBy = 'nobody';
    this.#wait.over(true);
    return null;
  }

  /** By the relay, at once. */
  async acceptBrowserOffer(sdp: string): Promise<string> {
    this.#assertOpen();
    this.#setOffer(sdp, null);
    this.#answeredBy = 'relay';
    this.#wait.over(false);
    const answer = await this.#relay.open().acceptBrowserOffer(sdp);
    if (this.#path) this.way.emit('takeOverDue');
    return answer;
  }

  candidatesFound(candidates: readonly string[]): void {
    this.#browser?.add(candidates);
  }

  async createGatewayOffer(media: GatewayMedia & GatewayMediaWay): Promise<string> {
    this.#assertOpen();
    this.#gatewayMedia = media;
    this.#isRelayOffered = false;
    const browser = media.isDirect ? await this.#openOffer() : null;
    return browser ? this.#goDirect(browser, media) : this.#goByRelay(media);
  }

  async applyGatewayAnswer(sdp: string): Promise<GatewayAnswer> {
    this.#assertOpen();
    const path = this.#path;
    if (path === null || this.#isRelayOffered) {
      const answer = await this.#relay.open().applyGatewayAnswer(sdp);
      this.#isRelayOffered = false;
      if (path) this.#leavePath();
      return answer;
    }
    const { agreed, use } = path.take(sdp);
    if (use === 'forBrowser' && this.#answeredBy === 'nobody') {
      this.#answeredBy = 'gateway';
      this.way.emit('answered', path.answerForBrowser());
    } else if (use === 'changed' && this.#answeredBy === 'gateway') this.way.emit('pathChanged');
    return agreed;
  }

  /** Calls of gateways go by the relay. */
  acceptGatewayOffer(sdp: string, gateway: GatewayMedia): Promise<{ sdp: string; agreed: GatewayAnswer }> {
    return this.#relay.open().acceptGatewayOffer(sdp, gateway);
  }

  async answerGatewayOffer(sdp: string | null): Promise<string> {
    this.#assertOpen();
    const path = this.#path;
    if (path === null) return this.#numbered(await this.#relay.open().answerGatewayOffer(sdp));
    if (sdp === null) return this.#numbered(path.offer());
    const answer = path.answer(sdp);
    this.emit('gatewayDirectionChanged', answer.agreed.direction);
    return this.#numbered(answer.sdp);
  }

  async reofferGateway(offer: GatewayReoffer): Promise<string> {
    this.#assertOpen();
    this.#isRelayOffered = false;
    const path = this.#path;
    if (path === null) return this.#numbered(await this.#relay.open().reofferGateway(offer));
    // Only the browser could change its codec; who asks for one joins the gateway with another.
    if (this.#answeredBy === 'relay' || offer.codecs) return this.#offerRelay(offer.codecs);
    // Nobody would play music to whom the browser holds.
    return this.#numbered(path.offer(offer.direction === 'sendrecv' ? 'sendrecv' : 'inactive'));
  }

  play(sound: HeldSound | null): void {
    this.#relay.play(sound);
  }

  setGate(isOpen: boolean): void {
    this.#relay.setGate(isOpen);
  }

  async sendDtmf(digits: string, options: DtmfOptions): Promise<void> {
    await this.#relay.open().sendDtmf(digits, options);
  }

  async releaseBrowser(): Promise<void> {
    await this.#relay.open().releaseBrowser();
  }

  async stats(): Promise<MediaSessionStats> {
    return this.#relay.stats();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#wait.over(false);
    this.#browser?.close();
    await this.#relay.close();
  }

  #setOffer(sdp: string, browser: BrowserOffer | null): void {
    this.#browser?.close();
    this.#browser = browser;
    this.#sdp = sdp;
  }

  /** An offer of the browser that nobody has answered; null: the browser sends none in time, and the relay has to do. */
  async #openOffer(): Promise<BrowserOffer | null> {
    if (this.#answeredBy !== 'nobody') {
      const waiting = this.#wait.begin();
      this.way.emit('restartNeeded');
      if (!(await waiting)) return null;
    }
    await this.#browser?.gathered();
    return this.#browser;
  }

  async #goDirect(browser: BrowserOffer, { codecs }: GatewayMedia): Promise<string> {
    const path = new DirectPath(browser.description, codecs);
    this.#path = path;
    this.#origin = { sessionId: browser.description.sessionId, version: 0 };
    await this.#relay.giveBack();
    this.#choose('direct');
    return this.#numbered(path.offer());
  }

  async #goByRelay(media: GatewayMedia): Promise<string> {
    this.#path = null;
    this.#origin = null;
    this.#choose('relay');
    if (this.#answeredBy !== 'relay') await this.#answerByRelay();
    return this.#relay.open().createGatewayOffer(media);
  }

  /** What the relay offers the gateway depends on what the browser speaks. */
  async #answerByRelay(): Promise<void> {
    const sdp = this.#sdp;
    if (sdp === null) return;
    const hadNoAnswer = this.#answeredBy === 'nobody';
    this.#answeredBy = 'relay';
    const answer = await this.#relay.open().acceptBrowserOffer(sdp);
    if (hadNoAnswer) this.way.emit('answered', answer);
    else this.way.emit('restartNeeded');
  }

  async #offerRelay(codecs: readonly CodecName[] | undefined): Promise<string> {
    const media = this.#gatewayMedia;
    const sdp = this.#sdp;
    if (media === null || sdp === null) throw new MediaError('closed', 'no gateway has been invited');
    const relay = this.#relay.open();
    if (this.#answeredBy !== 'relay') await relay.acceptBrowserOffer(sdp);
    const offer = await relay.createGatewayOffer({ ...media, ...(codecs && { codecs }) });
    this.#isRelayOffered = true;
    return this.#numbered(offer);
  }

  #leavePath(): void {
    this.#path = null;
    this.#chosen = 'relay';
    this.way.emit('takenOver');
  }

  #choose(way: MediaWay): void {
    if (way === this.#chosen) return;
    this.#chosen = way;
    this.way.emit('chosen', way);
  }

  /** The relay has numbers of its own, which must go on from those that the gateway has seen. */
  #numbered(sdp: string): string {
    if (this.#origin === null) return sdp;
    this.#origin.version += 1;
    return renumber(sdp, this.#origin);
  }

  #assertOpen(): void {
    if (this.#isClosed) throw new MediaError('closed', 'the session is closed');
  }
}

/** The relay’s session of a call, which alone can be joined with another’s. */
export function relayedOf(media: MediaSession): MediaSession {
  return media instanceof DirectableAudio ? media.relayed : media;
}
