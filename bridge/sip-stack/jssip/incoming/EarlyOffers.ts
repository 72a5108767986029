import type { OfferHandlers } from '../dialogs/OwnerDescriptions.ts';
import type { PendingInvite } from './PendingInvite.ts';

/** Offers of a caller before our 200: by UPDATE (RFC 3311 section 5.2) or in a PRACK (RFC 3262 section 5). */
export class EarlyOffers {
  readonly #invite: PendingInvite;
  /** Of whoever gave the early media. */
  handlers: OfferHandlers | null = null;
  /** What was agreed last; null: nothing since the INVITE. */
  agreed: { readonly local: string; readonly remote: string } | null = null;
  #isBusy = false;

  constructor(invite: PendingInvite) {
    this.#invite = invite;
  }

  /** How to answer one, or the status that refuses it: 500 while there is still another to answer. */
  answerer(): ((offer: string) => Promise<string>) | 488 | 500 {
    const { handlers } = this;
    if (!this.#invite.isSettled || this.#isBusy) return 500;
    if (handlers === null) return 488;
    return async (offer) => {
      this.#isBusy = true;
      try {
        const answer = await handlers.onRemoteOffer(offer);
        this.agreed = { local: answer, remote: offer };
        return answer;
      } finally {
        this.#isBusy = false;
      }
    };
  }
}
