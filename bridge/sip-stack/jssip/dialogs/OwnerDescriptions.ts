import type { OutgoingInvite } from '../../SipStack.ts';
import type { CallDescriptions } from '../agent/StandInPeerConnection.ts';

/** SDP of one call from its owner: the first offer as given, everything after by asking. */
export class OwnerDescriptions implements CallDescriptions {
  readonly #invite: OutgoingInvite;
  /** Later answers are for the owner; the first one is told by `answered`. */
  readonly #isUp: () => boolean;
  #hasOffered = false;
  #wasRefused = false;

  constructor(invite: OutgoingInvite, isUp: () => boolean) {
    this.#invite = invite;
    this.#isUp = isUp;
  }

  async createOffer(): Promise<string> {
    if (!this.#hasOffered) {
      this.#hasOffered = true;
      return this.#invite.offer;
    }
    try {
      return await this.#invite.onRemoteOffer(null);
    } catch (error) {
      this.#wasRefused = true;
      throw error;
    }
  }

  answerOffer(offer: string): Promise<string> {
    return this.#invite.onRemoteOffer(offer);
  }

  takeAnswer(answer: string): void {
    if (this.#isUp()) this.#invite.onRemoteAnswer?.(answer);
  }

  /** Whether the owner has refused to make an offer since this was last asked: JsSIP says 500 to that, where 488 is meant. */
  takeRefusal(): boolean {
    const wasRefused = this.#wasRefused;
    this.#wasRefused = false;
    return wasRefused;
  }
}
