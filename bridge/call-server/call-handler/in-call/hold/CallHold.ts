import type { CodecName } from '../../../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../../../shared/errors/index.ts';
import type { GatewayAnswer, MediaSession } from '../../../../media-relay/index.ts';
import type { Logger } from '../../../../observability/index.ts';
import { SipRequestError } from '../../../../sip-stack/index.ts';
import type { GatewaySide, Reoffer } from '../../gateway-leg/index.ts';
import type { CallReporter } from '../../reports/CallReporter.ts';

export interface CallHoldDeps {
  readonly media: Pick<MediaSession, 'setGate' | 'play' | 'gatewayCodec' | 'on'>;
  readonly gatewayLeg: Pick<GatewaySide, 'gateway' | 'reoffer'>;
  readonly reporter: Pick<CallReporter, 'status' | 'change' | 'event'>;
  readonly logger: Logger;
}

/**
 * The axis of a call beside its state: who holds whom (RFC 3264 section 8.4). Both sides may hold at once.
 *
 *                    hold                                  the gateway's offer or answer: sendonly, inactive
 *   the two talk ◄──────────► on hold        the two talk ◄──────────────────────────────────────────────────► held by the other
 *                   resume                                            sendrecv, recvonly
 *
 * Holding works whatever the gateway says: what it doesn't agree to is done by us alone. One thing is done after another.
 */
export class CallHold {
  readonly #deps: CallHoldDeps;
  #turn: Promise<unknown> = Promise.resolve();
  /** The gateway agreed that it is held: it must be asked to go on. */
  #isAgreed = false;

  constructor(deps: CallHoldDeps) {
    this.#deps = deps;
    deps.media.on('gatewayDirectionChanged', (direction) => this.#otherIs(direction));
  }

  /** Once more is no error. @throws DialbridgeError `callEnded`, `notEstablished` */
  hold(): Promise<void> {
    return this.#inTurn(async () => {
      const { media, gatewayLeg, reporter } = this.#deps;
      if (reporter.status.isOnHold) return;
      // At once: whatever the gateway will say, nobody hears the person from here on.
      media.setGate(false);
      this.playHeldSound();
      reporter.change({ isOnHold: true });
      const refusal = await this.#ask({ direction: 'sendonly' });
      this.#assertTalking();
      this.#isAgreed = refusal === null;
      const isMusic = gatewayLeg.gateway?.inCall.hasHoldMusic ?? false;
      reporter.event('held', { isMusic, ...(refusal && { isByUsAlone: true, ...refusal }) });
    });
  }

  /** Once more is no error. @throws DialbridgeError `callEnded`, `notEstablished`, `holdRefused`: it stays on hold */
  resume(): Promise<void> {
    return this.#inTurn(async () => {
      const { media, reporter } = this.#deps;
      if (!reporter.status.isOnHold) return;
      const refusal = this.#isAgreed ? await this.#ask({ direction: 'sendrecv' }) : null;
      this.#assertTalking();
      if (refusal) {
        reporter.event('resumeRefused', refusal);
        throw new DialbridgeError('holdRefused');
      }
      this.#isAgreed = false;
      media.play(null);
      media.setGate(true);
      reporter.change({ isOnHold: false });
      reporter.event('resumed');
    });
  }

  /** What the other party hears while it is on hold. */
  playHeldSound(): void {
    const { media, gatewayLeg } = this.#deps;
    media.play(gatewayLeg.gateway?.inCall.hasHoldMusic ? 'music' : 'silence');
  }

  /**
   * The gateway takes part again, and in this codec, so that it can be joined with another; what it hears stays as it is. True when
   * it does. @throws DialbridgeError `callEnded`, `notEstablished`
   */
  makeReady(codec: CodecName): Promise<boolean> {
    return this.#inTurn(async () => {
      const { media } = this.#deps;
      const isOther = media.gatewayCodec !== codec;
      if (!this.#isAgreed && !isOther) return true;
      const refusal = await this.#ask({ direction: 'sendrecv', ...(isOther && { codecs: [codec] }) });
      this.#assertTalking();
      if (refusal) return false;
      this.#isAgreed = false;
      return media.gatewayCodec === codec;
    });
  }

  /** Another one has the call, and holds nobody yet. */
  gatewayChanged(): void {
    this.#isAgreed = false;
    this.#otherIs('sendrecv');
  }

  /** null where the gateway agreed. */
  async #ask(offer: Reoffer): Promise<{ readonly sipStatus: number | null; readonly reason: string } | null> {
    const { gatewayLeg, logger } = this.#deps;
    try {
      const { direction } = await gatewayLeg.reoffer(offer);
      // To `sendonly` many answer `inactive` who don't hold us.
      if (offer.direction === 'sendrecv') this.#otherIs(direction);
      return null;
    } catch (error) {
      if (error instanceof DialbridgeError) throw error;
      logger.warn(
        { error, gatewayId: gatewayLeg.gateway?.id },
        'The gateway did not agree to what we offered in a call',
      );
      if (error instanceof SipRequestError) return { sipStatus: error.status, reason: error.reason };
      return { sipStatus: null, reason: error instanceof Error ? error.message : String(error) };
    }
  }

  #otherIs(direction: GatewayAnswer['direction']): void {
    const { reporter } = this.#deps;
    const isHeldByOther = direction === 'sendonly' || direction === 'inactive';
    const { status } = reporter;
    if (status.state !== 'established' || status.isHeldByOther === isHeldByOther) return;
    reporter.change({ isHeldByOther });
    reporter.event(isHeldByOther ? 'heldByOther' : 'resumedByOther');
  }

  #inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const done = this.#turn.then(() => {
      this.#assertTalking();
      return act();
    });
    this.#turn = done.catch(() => undefined);
    return done;
  }

  #assertTalking(): void {
    const { state } = this.#deps.reporter.status;
    if (state === 'ended' || state === 'disconnecting') throw new DialbridgeError('callEnded');
    if (state !== 'established') throw new DialbridgeError('notEstablished');
  }
}
