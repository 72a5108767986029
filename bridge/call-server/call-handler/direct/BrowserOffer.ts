import { cleanCandidate, type PeerDescription, readPeerDescription } from '../../../media-relay/index.ts';
import type { Clock, Timer } from '../../../observability/index.ts';

/** How long an INVITE waits for a browser’s candidates, in milliseconds from its offer on. What it finds later stays out. */
const gatheringMs = 500;
const maxCandidates = 50;

/** An offer of the browser that a gateway may be given: what it says itself, and the candidates that come after it. */
export class BrowserOffer {
  readonly #description: PeerDescription;
  readonly #clock: Clock;
  readonly #candidates: Set<string>;
  #isComplete: boolean;
  #timer: Timer | undefined;
  readonly #gathered = Promise.withResolvers<void>();

  /** @throws MediaError `badOffer` */
  constructor(sdp: string, clock: Clock) {
    this.#clock = clock;
    this.#description = readPeerDescription(sdp, 'badOffer');
    this.#candidates = new Set(this.#description.candidates);
    this.#isComplete = this.#description.isComplete;
    if (this.#isComplete) this.#gathered.resolve();
    else this.#timer = clock.setTimeout(() => this.close(), gatheringMs);
  }

  /** With all candidates that are known now. */
  get description(): PeerDescription {
    return { ...this.#description, candidates: [...this.#candidates], isComplete: this.#isComplete };
  }

  /** Resolves when the browser has no more candidates, or has had its time. */
  gathered(): Promise<void> {
    return this.#gathered.promise;
  }

  add(lines: readonly string[]): void {
    for (const line of lines) {
      const candidate = cleanCandidate(line);
      if (candidate !== null && this.#candidates.size < maxCandidates) this.#candidates.add(candidate);
    }
    if (!lines.some((line) => /^(a=)?end-of-candidates$/.test(line))) return;
    this.#isComplete = true;
    this.close();
  }

  /** Nobody waits for more. Idempotent. */
  close(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#gathered.resolve();
  }
}
