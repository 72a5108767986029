import { EventEmitter } from 'node:events';
import type { Gateway } from '../../../../../shared/admin/index.ts';
import type { CodecName } from '../../../../../shared/domain/index.ts';
import type { GatewayAnswer } from '../../../../media-relay/index.ts';
import { type Clock, drop, type Logger, type Timer } from '../../../../observability/index.ts';
import type { IncomingReferral, SipDialog } from '../../../../sip-stack/index.ts';
import type { GatewayLegEnd, GatewaySide, Reoffer } from '../../gateway-leg/index.ts';

/** A leg that shall take the place of another one. */
export type Successor = GatewaySide & { on(event: 'answered', listener: () => void): unknown };

export interface LegSeatEvents {
  reoffered: [];
  codecAgreed: [CodecName];
  referred: [IncomingReferral];
  digitsPressed: [digits: string];
  finished: [GatewayLegEnd];
}

/** How long the gateway that was replaced may take to say BYE itself, in milliseconds. */
const farewellMs = 2000;

/**
 * The gateway leg of a call, which may be another one after a REFER or an INVITE with Replaces. Both use the audio of the call, one
 * after the other. The one before may have gone when the next answers; the call ends when neither is left.
 */
export class LegSeat extends EventEmitter<LegSeatEvents> implements GatewaySide {
  readonly #deps: { readonly clock: Clock; readonly logger: Logger };
  #leg: GatewaySide;
  #successor: Successor | null = null;
  /** How the leg ended whose successor is awaited. */
  #left: GatewayLegEnd | null = null;
  #isEnding = false;
  #farewell: { readonly leg: GatewaySide; readonly timer: Timer } | null = null;

  constructor(deps: { readonly clock: Clock; readonly logger: Logger }, leg: GatewaySide) {
    super();
    this.#deps = deps;
    this.#leg = leg;
    this.#listen(leg);
  }

  get gateway(): Gateway | null {
    return this.#leg.gateway;
  }

  get dialog(): SipDialog | null {
    return this.#leg.dialog;
  }

  get isBeingReplaced(): boolean {
    return this.#successor !== null;
  }

  hangUp(): void {
    this.#isEnding = true;
    this.#successor?.hangUp();
    this.#leg.hangUp();
    this.#sayGoodbye();
  }

  sendDtmf(digits: string, isHeldByOther: boolean): Promise<void> {
    return this.#leg.sendDtmf(digits, isHeldByOther);
  }

  reoffer(offer: Reoffer): Promise<GatewayAnswer> {
    return this.#leg.reoffer(offer);
  }

  restoreAudio(): Promise<void> {
    return this.#leg.restoreAudio();
  }

  async close(): Promise<void> {
    this.#sayGoodbye();
    await Promise.all([this.#successor?.close(), this.#leg.close()]);
  }

  /** Resolves with null when `successor` has the seat, and with why it came to nothing otherwise: the leg of before has its audio again. */
  succeedBy(successor: Successor): Promise<GatewayLegEnd | null> {
    this.#successor = successor;
    const { promise, resolve } = Promise.withResolvers<GatewayLegEnd | null>();
    successor.on('answered', () => {
      if (this.#successor !== successor) return;
      this.#take(successor);
      resolve(null);
    });
    successor.on('finished', (end) => {
      if (this.#successor !== successor) return;
      this.#successor = null;
      resolve(end);
      drop(this.#resume(successor), this.#deps.logger, 'going back to the gateway of before');
    });
    return promise;
  }

  #take(successor: Successor): void {
    const before = this.#leg;
    this.#successor = null;
    this.#leg = successor;
    this.#listen(successor);
    const { clock } = this.#deps;
    const timer = clock.setTimeout(() => this.#sayGoodbye(), this.#left ? 0 : farewellMs);
    this.#left = null;
    this.#farewell = { leg: before, timer };
    before.on('finished', () => this.#sayGoodbye());
  }

  /** The one before has no part in the call any more. */
  #sayGoodbye(): void {
    const farewell = this.#farewell;
    if (!farewell) return;
    this.#farewell = null;
    this.#deps.clock.clearTimeout(farewell.timer);
    farewell.leg.hangUp();
    drop(farewell.leg.close(), this.#deps.logger, 'leaving a gateway that was replaced');
  }

  async #resume(successor: Successor): Promise<void> {
    if (this.#left) this.emit('finished', this.#left);
    else if (this.#leg.dialog && !this.#isEnding) await this.#leg.restoreAudio();
    await successor.close();
  }

  #listen(leg: GatewaySide): void {
    const ifSeated = (tell: () => void) => () => {
      if (this.#leg === leg) tell();
    };
    leg.on(
      'reoffered',
      ifSeated(() => this.emit('reoffered')),
    );
    leg.on('codecAgreed', (codec) => {
      if (this.#leg === leg) this.emit('codecAgreed', codec);
    });
    leg.on('digitsPressed', (digits) => {
      if (this.#leg === leg) this.emit('digitsPressed', digits);
    });
    leg.on('referred', (referral) => {
      if (this.#leg !== leg || !this.emit('referred', referral)) referral.reject(403);
    });
    leg.on('finished', (end) => {
      if (this.#leg !== leg) return;
      if (this.#successor) this.#left = end;
      else this.emit('finished', end);
    });
  }
}
