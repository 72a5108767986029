import type { CallId } from '../../../../shared/domain/index.ts';
import type { Clock, Logger, Timer } from '../../../observability/index.ts';
import { drop } from '../../../observability/index.ts';
import type { BrowserNews } from '../CallHandlerParts.ts';
import type { CallWatch, WatchedCall } from '../CallWatcher.ts';
import type { ClientLeg } from '../ClientLeg.ts';
import type { GatewayLeg } from '../gateway-leg/index.ts';
import type { DirectableAudio } from './DirectableAudio.ts';

export interface DirectCallDeps {
  readonly audio: DirectableAudio;
  readonly clientLeg: Pick<ClientLeg, 'notify' | 'expectAudio'>;
  readonly gatewayLeg: Pick<GatewayLeg, 'dialog' | 'reoffer' | 'on'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface DirectCallOptions {
  readonly callId: CallId;
  /** From the gateway's answer until browser and gateway must be connected, in milliseconds. */
  readonly directConnectMs: number;
}

/** Why the relay took over: the two didn't connect, lost each other, the gateway moved, or the browser offered anew (a reload, a move). */
type FallbackReason = 'notConnected' | 'failed' | 'gatewayChanged' | 'browserReoffered';

/** A call whose audio may go between browser and gateway: what the browser is told of it, and how it falls back to the relay. */
export class DirectCall implements BrowserNews {
  readonly #deps: DirectCallDeps;
  readonly #options: DirectCallOptions;
  #call: WatchedCall | null = null;
  #timer: Timer | undefined;
  #reason: FallbackReason | null = null;
  /** Browser and gateway, by the answer that the browser has. */
  #isConnected = false;
  /** The gateway is to be offered the relay once it has answered. */
  #isTakeOverDue = false;
  /** DTLS with the gateway is through, which may be before its answer is taken in. */
  #isSecured = false;

  constructor(deps: DirectCallDeps, options: DirectCallOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  /** Looks on at the call, from its request to its end. */
  watch(call: WatchedCall): CallWatch {
    this.#call = call;
    const { audio, clientLeg, gatewayLeg } = this.#deps;
    const { callId } = this.#options;
    audio.way.on('chosen', (mediaWay) => {
      this.#stopTimer();
      this.#reason = null;
      this.#isTakeOverDue = false;
      call.reporter.change({ mediaWay });
      // A gateway that follows another one in an answered call; before that the answer tells.
      if (call.reporter.status.answeredAt !== null) call.reporter.progressed({ mediaWay });
      call.reporter.event('mediaWayChosen', { mediaWay });
      // Nobody knows when a gateway answers; until then the browser has nobody to connect with.
      clientLeg.expectAudio(mediaWay === 'relay');
    });
    audio.way.on('takenOver', () => this.#takenOver(call));
    audio.on('gatewaySecured', () => {
      this.#isSecured = true;
      this.#stopTimer();
    });
    audio.way.on('answered', (answer) => {
      clientLeg.notify('media:answer', { callId, answer });
      this.#isConnected = false;
      // Before the gateway has answered there is no offering it anything else, and some are heard from then on only.
      if (audio.isDirect && gatewayLeg.dialog) this.#giveTime();
    });
    audio.way.on('restartNeeded', () => clientLeg.notify('media:restart', { callId }));
    audio.way.on('pathChanged', () => this.#fallBack('gatewayChanged'));
    audio.way.on('takeOverDue', () => this.#takeOverWhenAnswered());
    gatewayLeg.on('gatewayTried', () => {
      this.#isSecured = false;
    });
    gatewayLeg.on('answered', () => {
      if (this.#isTakeOverDue) this.#takeOver();
      else if (audio.isDirect && !this.#isConnected) this.#giveTime();
      else if (!audio.isDirect && audio.isByDtls && !this.#isSecured) this.#giveTimeToRelay();
    });
    return { close: () => this.#over() };
  }

  offered(offer: string): Promise<string | null> {
    return this.#deps.audio.offered(offer);
  }

  candidatesFound(candidates: readonly string[]): void {
    this.#deps.audio.candidatesFound(candidates);
  }

  stateChanged(state: 'connected' | 'failed'): void {
    const { audio } = this.#deps;
    if (!audio.isDirect || this.#reason !== null) return;
    if (state === 'failed') {
      this.#fallBack('failed');
      return;
    }
    this.#isConnected = true;
    this.#stopTimer();
    audio.emit('browserConnected');
  }

  #giveTime(): void {
    const { clock } = this.#deps;
    this.#stopTimer();
    this.#timer = clock.setTimeout(() => this.#fallBack('notConnected'), this.#options.directConnectMs);
  }

  /** Some gateways agree to DTLS with us and begin none: inside a call, or where the browser's offer was the relay's from the start. */
  #giveTimeToRelay(): void {
    const { clock, logger } = this.#deps;
    this.#stopTimer();
    this.#timer = clock.setTimeout(() => {
      logger.warn({}, 'A gateway agreed to speak with the relay as with a browser, and did not come to it');
      this.#refused();
    }, this.#options.directConnectMs);
  }

  #refused(): void {
    this.#call?.reporter.event('fallbackRefused', { reason: this.#reason ?? 'neverCame' });
    this.#call?.end('mediaLost');
  }

  /** The browser is asked for an offer, which the relay answers; what it doesn't answer in time is a browser that is lost. */
  #fallBack(reason: FallbackReason): void {
    const { audio, clientLeg } = this.#deps;
    if (this.#reason !== null || !audio.isDirect) return;
    this.#reason = reason;
    this.#stopTimer();
    audio.emit('browserDisconnected');
    clientLeg.notify('media:restart', { callId: this.#options.callId });
  }

  /** There is no offering anything before the answer. */
  #takeOverWhenAnswered(): void {
    this.#stopTimer();
    this.#reason ??= 'browserReoffered';
    // The relay's connection is expected from here on, and tells when it stands.
    this.#deps.clientLeg.expectAudio(true);
    if (this.#deps.gatewayLeg.dialog) this.#takeOver();
    else this.#isTakeOverDue = true;
  }

  #takeOver(): void {
    this.#isTakeOverDue = false;
    if (!this.#deps.audio.isDirect) return;
    drop(this.#offerRelay(), this.#deps.logger, 'letting the relay take over a call');
  }

  async #offerRelay(): Promise<void> {
    const { logger } = this.#deps;
    try {
      await this.#reoffer();
    } catch (error) {
      logger.warn({ error }, 'A gateway whose audio went direct did not take the relay’s in its place');
      this.#refused();
    }
  }

  async #reoffer(): Promise<void> {
    this.#isSecured = false;
    await this.#deps.gatewayLeg.reoffer({ direction: 'sendrecv' });
  }

  #takenOver({ reporter }: WatchedCall): void {
    this.#stopTimer();
    reporter.change({ mediaWay: 'relay' });
    reporter.progressed({ mediaWay: 'relay' });
    // Without a reason of ours the call is joined with another, which the relay does.
    reporter.event('fellBackToRelay', { reason: this.#reason ?? 'joined' });
    this.#reason = null;
    if (this.#deps.audio.isByDtls && !this.#isSecured) this.#giveTimeToRelay();
  }

  #stopTimer(): void {
    this.#deps.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #over(): void {
    this.#stopTimer();
    this.#call = null;
  }
}
