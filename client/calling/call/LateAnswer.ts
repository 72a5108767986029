import type { PeerMedia } from '../media/index.ts';

export interface LateAnswerOwner {
  /** Candidates of the offer that waits for a gateway’s own answer, as they are found. */
  candidatesFound(candidates: readonly string[]): void;
  /** How the connection is that this answer was for. */
  directStateChanged(state: 'connected' | 'failed'): void;
}

/**
 * An offer that a gateway may answer itself, some time later: it needs the browser’s candidates, which the relay doesn’t, and nobody
 * but the browser knows whether the two connect.
 */
export class LateAnswer {
  readonly #owner: LateAnswerOwner;
  #media: PeerMedia | null = null;
  #candidates: string[] = [];
  #isOurs = false;
  #isAwaited = false;

  constructor(owner: LateAnswerOwner) {
    this.#owner = owner;
  }

  /** Whether the connection has yet to get its answer. */
  get isAwaited(): boolean {
    return this.#isAwaited;
  }

  /** Another connection takes the place of the one before, whose answer is of no use any more. */
  follow(media: PeerMedia): void {
    this.#media = media;
    this.#candidates = [];
    this.#isOurs = false;
    this.#isAwaited = false;
    const whilePresent = (act: () => void) => {
      if (this.#media === media) act();
    };
    media.events.on('candidateFound', (candidate) => whilePresent(() => this.#found(candidate)));
    media.events.on('connected', () => whilePresent(() => this.#tell('connected')));
    media.events.on('failed', () => whilePresent(() => this.#tell('failed')));
  }

  /** The bridge has the offer and no answer to it yet. */
  begin(): void {
    this.#isOurs = true;
    this.#isAwaited = true;
    const found = this.#candidates.splice(0);
    if (found.length > 0) this.#owner.candidatesFound(found);
  }

  /** The bridge tells the answer. Says whether the connection waited for it. */
  async accept(sdp: string): Promise<boolean> {
    if (!this.#isAwaited || this.#media === null) return false;
    this.#isAwaited = false;
    await this.#media.acceptAnswer(sdp);
    return true;
  }

  #found(candidate: string): void {
    if (this.#isOurs) this.#owner.candidatesFound([candidate]);
    else this.#candidates.push(candidate);
  }

  #tell(state: 'connected' | 'failed'): void {
    if (this.#isOurs) this.#owner.directStateChanged(state);
  }
}
