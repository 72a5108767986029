import type { Clock } from '../../../observability/index.ts';
import { BrowserOffer } from './BrowserOffer.ts';
import { OfferWait } from './OfferWait.ts';

/** Who has answered the browser’s last offer. */
type AnsweredBy = 'nobody' | 'gateway' | 'relay';

export interface BrowserOffersDeps {
  readonly clock: Clock;
  /** The browser is asked for another offer. */
  readonly onNeeded: () => void;
}

/** The browser’s offers, the last of which counts, and who has answered it. */
export class BrowserOffers {
  readonly #deps: BrowserOffersDeps;
  readonly #wait: OfferWait;
  #sdp: string | null = null;
  /** Where a gateway may be given it. */
  #open: BrowserOffer | null = null;
  answeredBy: AnsweredBy = 'nobody';

  constructor(deps: BrowserOffersDeps) {
    this.#deps = deps;
    this.#wait = new OfferWait(deps.clock);
  }

  /** null before the first. */
  get last(): string | null {
    return this.#sdp;
  }

  get isAwaited(): boolean {
    return this.#wait.isOn;
  }

  /** One that a gateway may answer. @throws MediaError `badOffer` */
  takeOpen(sdp: string): void {
    this.#set(sdp, new BrowserOffer(sdp, this.#deps.clock));
    this.answeredBy = 'nobody';
    this.#wait.over(true);
  }

  /** One that the relay answers. */
  takeForRelay(sdp: string): void {
    this.#set(sdp, null);
    this.answeredBy = 'relay';
    this.#wait.over(false);
  }

  candidatesFound(candidates: readonly string[]): void {
    this.#open?.add(candidates);
  }

  /** One that nobody has answered, with its candidates; null: the browser sends none in time. */
  async unanswered(): Promise<BrowserOffer | null> {
    if (this.answeredBy !== 'nobody') {
      const waiting = this.#wait.begin();
      this.#deps.onNeeded();
      if (!(await waiting)) return null;
    }
    await this.#open?.gathered();
    return this.#open;
  }

  close(): void {
    this.#wait.over(false);
    this.#open?.close();
  }

  #set(sdp: string, open: BrowserOffer | null): void {
    this.#open?.close();
    this.#open = open;
    this.#sdp = sdp;
  }
}
