import type { OutgoingInvite } from '../../port/index.ts';
import type { CallDescriptions } from '../agent/StandInPeerConnection.ts';

/** What the owner of a call says to offers and answers that come after the first ones. */
export type OfferHandlers = Pick<OutgoingInvite, 'onRemoteOffer' | 'onRemoteAnswer'>;

interface OwnerDescriptionsOptions {
  /** SDP of ours that is there from the start, and whether it offers or answers. */
  readonly first: { readonly type: 'offer' | 'answer'; readonly sdp: string };
  readonly handlers: OfferHandlers;
  /** Later answers are for the owner; the first one is told by an event. */
  readonly isUp: () => boolean;
}

/** SDP of one call from its owner: the first as given, everything after by asking. */
export class OwnerDescriptions implements CallDescriptions {
  readonly #handlers: OfferHandlers;
  readonly #isUp: () => boolean;
  #first: OwnerDescriptionsOptions['first'] | null;
  #wasRefused = false;

  constructor(options: OwnerDescriptionsOptions) {
    this.#first = options.first;
    this.#handlers = options.handlers;
    this.#isUp = options.isUp;
  }

  async createOffer(): Promise<string> {
    const first = this.#takeFirst('offer');
    if (first !== null) return first;
    try {
      return await this.#handlers.onRemoteOffer(null);
    } catch (error) {
      this.#wasRefused = true;
      throw error;
    }
  }

  async answerOffer(offer: string): Promise<string> {
    return this.#takeFirst('answer') ?? this.#handlers.onRemoteOffer(offer);
  }

  takeAnswer(answer: string): void {
    if (this.#isUp()) this.#handlers.onRemoteAnswer?.(answer);
  }

  /** Whether the owner has refused to make an offer since this was last asked: JsSIP says 500 to that, where 488 is meant. */
  takeRefusal(): boolean {
    const wasRefused = this.#wasRefused;
    this.#wasRefused = false;
    return wasRefused;
  }

  #takeFirst(type: 'offer' | 'answer'): string | null {
    const first = this.#first;
    if (first?.type !== type) return null;
    this.#first = null;
    return first.sdp;
  }
}
