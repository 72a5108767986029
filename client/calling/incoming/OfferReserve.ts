import { drop } from '../../state/index.ts';
import type { CallAudioDeps, PreparedOffer } from '../call/index.ts';
import type { Microphone } from '../media/index.ts';

export interface OfferReserveDeps extends Pick<CallAudioDeps, 'createMedia'> {
  readonly microphone: Pick<Microphone, 'isGranted'>;
}

/**
 * One offer that is made while it rings, so that the answer goes out at the press of the button and audio is there at once.
 * It belongs to no call yet: whichever is taken gets it. The microphone stays closed meanwhile.
 */
export class OfferReserve {
  readonly #deps: OfferReserveDeps;
  #making: Promise<PreparedOffer | null> | null = null;

  constructor(deps: OfferReserveDeps) {
    this.#deps = deps;
  }

  /** Sees that there is one. */
  fill(): void {
    this.#making ??= this.#make();
  }

  /** Whoever takes it closes it. Null where there is none: then the call makes its own. */
  async take(): Promise<PreparedOffer | null> {
    const making = this.#making;
    this.#making = null;
    return await making;
  }

  empty(): void {
    if (this.#making !== null) drop(closeAll(this.take()), 'closing an offer');
  }

  async #make(): Promise<PreparedOffer | null> {
    // Who must be asked for the microphone first has time enough.
    if (!(await this.#deps.microphone.isGranted())) return null;
    const media = this.#deps.createMedia(null);
    try {
      return { media, offer: await media.createOffer() };
    } catch {
      media.close();
      return null;
    }
  }
}

async function closeAll(taken: Promise<PreparedOffer | null>): Promise<void> {
  (await taken)?.media.close();
}
