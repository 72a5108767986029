import type { GatewayAnswer, MediaSession } from '../../../media-relay/index.ts';

export interface ApplyingAnswer {
  /** Whether the call still waits for this answer. Asked before it is applied and after. */
  readonly isMeant: () => boolean;
  readonly onApplied: (answer: GatewayAnswer, before: GatewayAnswer | null) => void;
  /** It is of no use. Not called for an answer that nobody waits for any more. */
  readonly onUnusable: (error: unknown) => void;
}

/** What gateways answered about their audio: applied one after another, in the order in which it came. */
export class GatewayAnswers {
  readonly #media: Pick<MediaSession, 'applyGatewayAnswer'>;
  #applied: Promise<unknown> = Promise.resolve();
  #latest: GatewayAnswer | null = null;

  constructor(media: Pick<MediaSession, 'applyGatewayAnswer'>) {
    this.#media = media;
  }

  /** Null before the first was applied. */
  get latest(): GatewayAnswer | null {
    return this.#latest;
  }

  /** Resolves when all that came until now is applied. Never rejects. */
  async settled(): Promise<void> {
    await this.#applied;
  }

  /** The answer to an offer of ours inside the call. @throws MediaError */
  take(sdp: string): Promise<GatewayAnswer> {
    const taken = this.#applied.then(async () => {
      this.#latest = await this.#media.applyGatewayAnswer(sdp);
      return this.#latest;
    });
    this.#applied = taken.catch(() => undefined);
    return taken;
  }

  apply(sdp: string, { isMeant, onApplied, onUnusable }: ApplyingAnswer): void {
    this.#applied = this.#applied
      .then(async () => {
        if (!isMeant()) return;
        const answer = await this.#media.applyGatewayAnswer(sdp);
        if (!isMeant()) return;
        const before = this.#latest;
        this.#latest = answer;
        onApplied(answer, before);
      })
      .catch((error: unknown) => {
        if (isMeant()) onUnusable(error);
      });
  }
}
