import type { CodecName } from '../../../../../shared/domain/index.ts';
import type { CallStatus } from '../../../../../shared/protocol/index.ts';
import type { MediaRelay } from '../../../../media-relay/index.ts';
import { drop, type Logger } from '../../../../observability/index.ts';
import { relayedOf } from '../../direct/index.ts';
import type { JoinableCall } from './JoinableCall.ts';
import type { BlindTarget } from './TransferTarget.ts';

export interface BlindBridgeDeps {
  /** The call that is passed on. On hold. */
  readonly one: JoinableCall;
  readonly relay: Pick<MediaRelay, 'join'>;
  readonly logger: Logger;
  readonly onRinging: () => void;
}

export type BlindOutcome =
  /** `isJoined`: the held party hears it since its early media. */
  | { readonly kind: 'answered'; readonly other: JoinableCall; readonly isJoined: boolean }
  | { readonly kind: 'failed'; readonly status: CallStatus | null; readonly isJoined: boolean };

/** Calls somebody for a party that is on hold, which hears it ringing until it answers: as the gateway lets it sound, else as we do. */
export class BlindBridge {
  readonly #deps: BlindBridgeDeps;
  readonly #outcome = Promise.withResolvers<BlindOutcome>();
  #other: JoinableCall | null = null;
  /** What was told before the call itself was there. */
  #early: CallStatus | null = null;
  #joining: Promise<boolean> | null = null;
  #isStopped = false;

  constructor(deps: BlindBridgeDeps) {
    this.#deps = deps;
  }

  /** @throws DialbridgeError where it can't be called at all */
  async run(target: BlindTarget): Promise<BlindOutcome> {
    const { one } = this.#deps;
    this.#other = await target.dial({
      fromCallId: one.callId,
      codecs: codecsOf(one),
      onStatus: (status) => this.#told(status),
    });
    if (this.#isStopped) this.#other.hangUp();
    if (this.#early) this.#told(this.#early);
    return this.#outcome.promise;
  }

  /** Nobody wants it any more. Idempotent. */
  stop(): void {
    this.#isStopped = true;
    this.#other?.hangUp();
  }

  #told(status: CallStatus): void {
    const other = this.#other;
    if (!other) {
      this.#early = status;
      return;
    }
    if (status.state === 'ended') drop(this.#ended(status), this.#deps.logger, 'ending a call for a party on hold');
    else if (this.#isStopped) return;
    else if (status.state === 'established') drop(this.#answered(other), this.#deps.logger, 'joining a party on hold');
    else if (status.state === 'ringing') this.#rang();
    else if (status.state === 'earlyMedia') {
      this.#deps.onRinging();
      this.#joining ??= this.#joinEarly(other);
    }
  }

  #rang(): void {
    this.#deps.onRinging();
    if (!this.#joining) this.#deps.one.media.play('ringback');
  }

  /** What the gateway sends before the answer (RFC 3960), where it needs no other codec. */
  async #joinEarly(other: JoinableCall): Promise<boolean> {
    const { one, relay, logger } = this.#deps;
    try {
      if (one.media.gatewayCodec !== other.media.gatewayCodec)
        throw new Error('the two gateways speak different codecs');
      await relay.join(relayedOf(one.media), relayedOf(other.media));
      if (!other.isOver) one.media.play(null);
      return true;
    } catch (error) {
      logger.info({ error, callId: one.callId }, 'The party on hold hears a ringing of ours instead of the gateway’s');
      if (!other.isOver) one.media.play('ringback');
      return false;
    }
  }

  async #answered(other: JoinableCall): Promise<void> {
    const isJoined = (await this.#joining) ?? false;
    this.#outcome.resolve({ kind: 'answered', other, isJoined });
  }

  async #ended(status: CallStatus): Promise<void> {
    const isJoined = (await this.#joining) ?? false;
    this.#outcome.resolve({ kind: 'failed', status, isJoined });
  }
}

/** What it speaks comes first, so that nothing has to change. */
function codecsOf({ media, gatewayLeg }: JoinableCall): readonly CodecName[] {
  const codecs = gatewayLeg.gateway?.codecs ?? [];
  return media.gatewayCodec ? [...new Set([media.gatewayCodec, ...codecs])] : codecs;
}
