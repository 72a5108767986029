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
import { asRelayed, type GatewayMediaWay } from '../../gateway-dialect/index.ts';
import type { AudioWayEvents } from './AudioWay.ts';
import type { BrowserOffer } from './BrowserOffer.ts';
import { BrowserOffers } from './BrowserOffers.ts';
import type { DirectableAudioDeps, DirectableAudioOptions } from './DirectableAudioDeps.ts';
import { DirectPath } from './DirectPath.ts';
import { LazyRelay } from './LazyRelay.ts';
import { OfferNumbers } from './OfferNumbers.ts';

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
  readonly #options: DirectableAudioOptions;
  readonly #relay: LazyRelay;
  readonly #offers: BrowserOffers;
  readonly #numbers = new OfferNumbers();
  /** While the gateway has the browser’s own description. */
  #path: DirectPath | null = null;
  #gatewayMedia: (GatewayMedia & GatewayMediaWay) | null = null;
  /** The browser’s name for its audio, which the gateway knows. */
  #mid: string | null = null;
  /** The gateway doesn’t take from the relay what it takes from browsers. */
  #isPlain = false;
  /** The relay was offered to the gateway in place of the browser; what it answers is the relay’s. */
  #isRelayOffered = false;
  #chosen: MediaWay | null = null;
  #isClosed = false;

  constructor({ createRelayed, clock }: DirectableAudioDeps, options: DirectableAudioOptions) {
    super();
    this.#options = options;
    this.#relay = new LazyRelay(createRelayed, this);
    this.#offers = new BrowserOffers({ clock, onNeeded: () => this.way.emit('restartNeeded') });
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
    const isFirst = this.#offers.last === null;
    if (!(isFirst && this.#options.beginsDirect) && !this.#offers.isAwaited) return this.acceptBrowserOffer(sdp);
    this.#offers.takeOpen(sdp);
    return null;
  }

  /** By the relay, at once. */
  async acceptBrowserOffer(sdp: string): Promise<string> {
    this.#assertOpen();
    this.#offers.takeForRelay(sdp);
    const answer = await this.#relay.open().acceptBrowserOffer(sdp);
    if (this.#path) this.way.emit('takeOverDue');
    return answer;
  }

  candidatesFound(candidates: readonly string[]): void {
    this.#offers.candidatesFound(candidates);
  }

  async createGatewayOffer(media: GatewayMedia & GatewayMediaWay): Promise<string> {
    this.#assertOpen();
    this.#gatewayMedia = media;
    this.#isRelayOffered = false;
    this.#isPlain = false;
    this.#mid = null;
    const browser = media.isDirect ? await this.#offers.unanswered() : null;
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
    if (use === 'forBrowser' && this.#offers.answeredBy === 'nobody') {
      this.#offers.answeredBy = 'gateway';
      this.way.emit('answered', path.answerForBrowser());
    } else if (use === 'changed' && this.#offers.answeredBy === 'gateway') this.way.emit('pathChanged');
    return agreed;
  }

  /** Calls of gateways go by the relay, also where one takes the place of the gateway that had the browser (RFC 3891). */
  async acceptGatewayOffer(
    sdp: string,
    gateway: GatewayMedia & GatewayMediaWay,
  ): Promise<{ sdp: string; agreed: GatewayAnswer }> {
    this.#assertOpen();
    this.#gatewayMedia = gateway;
    this.#isRelayOffered = false;
    await this.#leaveDirect();
    return this.#relay.open().acceptGatewayOffer(sdp, gateway);
  }

  async answerGatewayOffer(sdp: string | null): Promise<string> {
    this.#assertOpen();
    const path = this.#path;
    if (path === null) return this.#numbers.next(await this.#relay.open().answerGatewayOffer(sdp));
    if (sdp === null) return this.#numbers.next(path.offer());
    const answer = path.answer(sdp);
    this.emit('gatewayDirectionChanged', answer.agreed.direction);
    return this.#numbers.next(answer.sdp);
  }

  async reofferGateway(offer: GatewayReoffer): Promise<string> {
    this.#assertOpen();
    this.#isRelayOffered = false;
    const path = this.#path;
    if (path === null) return this.#numbers.next(await this.#relay.open().reofferGateway(offer));
    // Only the browser could change its codec; who asks for one joins the gateway with another.
    if (this.#offers.answeredBy === 'relay' || offer.codecs) return this.#offerRelay(offer.codecs);
    // Nobody would play music to whom the browser holds.
    return this.#numbers.next(path.offer(offer.direction === 'sendrecv' ? 'sendrecv' : 'inactive'));
  }

  /** The gateway is offered the relay as DTLS-SRTP. */
  get isByDtls(): boolean {
    return this.#gatewayMedia?.isDirect === true && !this.#isPlain;
  }

  /** The gateway refused the relay as DTLS-SRTP: it is offered as to any other from here on. False where it wasn’t offered so. */
  giveUpDtls(): boolean {
    const wasDtls = this.isByDtls && this.#isRelayOffered;
    this.#isPlain ||= wasDtls;
    return wasDtls;
  }

  /** It refused the other, too. */
  takeUpDtls(): void {
    this.#isPlain = false;
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
    this.#offers.close();
    await this.#relay.close();
  }

  async #goDirect(browser: BrowserOffer, { codecs }: GatewayMedia): Promise<string> {
    const path = new DirectPath(browser.description, codecs);
    this.#path = path;
    this.#mid = browser.description.mid;
    this.#numbers.begin(browser.description.sessionId);
    await this.#relay.giveBack();
    this.#choose('direct');
    return this.#numbers.next(path.offer());
  }

  async #goByRelay(media: GatewayMedia & GatewayMediaWay): Promise<string> {
    await this.#leaveDirect();
    return this.#relay.open().createGatewayOffer(this.#ofRelay(media));
  }

  async #leaveDirect(): Promise<void> {
    this.#path = null;
    this.#numbers.begin(null);
    this.#choose('relay');
    if (this.#offers.answeredBy !== 'relay') await this.#answerByRelay();
  }

  /** What the relay offers the gateway depends on what the browser speaks. */
  async #answerByRelay(): Promise<void> {
    const sdp = this.#offers.last;
    if (sdp === null) return;
    const hadNoAnswer = this.#offers.answeredBy === 'nobody';
    this.#offers.answeredBy = 'relay';
    const answer = await this.#relay.open().acceptBrowserOffer(sdp);
    if (hadNoAnswer) this.way.emit('answered', answer);
    else this.way.emit('restartNeeded');
  }

  async #offerRelay(codecs: readonly CodecName[] | undefined): Promise<string> {
    const media = this.#gatewayMedia;
    const sdp = this.#offers.last;
    if (media === null || sdp === null) throw new MediaError('closed', 'no gateway has been invited');
    const relay = this.#relay.open();
    if (this.#offers.answeredBy !== 'relay') await relay.acceptBrowserOffer(sdp);
    const offer = await relay.createGatewayOffer({ ...this.#ofRelay(media), ...(codecs && { codecs }) });
    this.#isRelayOffered = true;
    return this.#numbers.next(offer);
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

  #ofRelay({ isDirect, ...media }: GatewayMedia & GatewayMediaWay): GatewayMedia {
    return isDirect && !this.#isPlain ? asRelayed({ ...media, isDirect, mid: this.#mid }) : media;
  }

  #assertOpen(): void {
    if (this.#isClosed) throw new MediaError('closed', 'the session is closed');
  }
}
