import type { OutgoingInvite } from '../../port/index.ts';
import type { CallDescriptions } from '../agent/StandInPeerConnection.ts';

/** What the owner of a call says to offers and answers that come after the first ones. */
export type OfferHandlers = Pick<OutgoingInvite, 'onRemoteOffer' | 'onRemoteAnswer'>;

interface OwnerDescriptionsOptions {
  /** SDP of ours that is there from the start, and whether it offers or answers. */
  readonly first: { readonly type: 'offer' | 'answer'; readonly sdp: string };
  /** The gateway's offer that `first` answers. */
  readonly remote?: string | null;
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
  #local: string;
  #remote: string | null;

  constructor(options: OwnerDescriptionsOptions) {
    this.#first = options.first;
    this.#local = options.first.sdp;
    this.#remote = options.remote ?? null;
    this.#handlers = options.handlers;
    this.#isUp = options.isUp;
  }

  /** What we said last. */
  get local(): string {
    return this.#local;
  }

  /** What the gateway said last; null: nothing yet. */
  get remote(): string | null {
    return this.#remote;
  }

  /** An offer of ours was answered, of which only its owner knew. */
  note(local: string, remote: string): void {
    this.#local = local;
    this.#remote = remote;
  }

  async createOffer(): Promise<string> {
    const first = this.#takeFirst('offer');
    if (first !== null) return first;
    try {
      this.#local = await this.#handlers.onRemoteOffer(null);
      return this.#local;
    } catch (error) {
      this.#wasRefused = true;
      throw error;
    }
  }

  async answerOffer(offer: string): Promise<string> {
    const first = this.#takeFirst('answer');
    if (first !== null) return first;
    const answer = await this.#handlers.onRemoteOffer(offer);
    this.note(answer, offer);
    return answer;
  }

  takeAnswer(answer: string): void {
    this.#remote = answer;
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
