import { type Direction, reverseDirection } from '../sdp/index.ts';

/** What we want of a gateway: audio both ways, to hold it, or nothing. */
export type OurDirection = 'sendrecv' | 'sendonly' | 'inactive';

/**
 * Which way the audio with a gateway goes, of which each side has its say (RFC 3264 sections 6.1 and 8.4): both may hold at once,
 * and an offer counts once it is answered.
 */
export class HoldAxis {
  #ours: OurDirection = 'sendrecv';
  /** Of an offer of ours that isn't answered. */
  #asked: OurDirection | null = null;
  #theirs: Direction | null = null;

  get ours(): OurDirection {
    return this.#ours;
  }

  /** Another gateway. */
  restart(): void {
    this.#ours = 'sendrecv';
    this.#asked = null;
    this.#theirs = null;
  }

  ask(direction: OurDirection): void {
    this.#asked = direction;
  }

  /**
   * The gateway's answer to the last offer of ours.
   * @returns the direction that it wants from now on where that is another one than before
   */
  answered(direction: Direction): Direction | null {
    this.#ours = this.#asked ?? this.#ours;
    this.#asked = null;
    // Who is held can answer only that: what it wants itself is what it said last.
    if (this.#ours !== 'sendrecv' && this.#theirs !== null) return null;
    return this.#want(direction);
  }

  /**
   * The gateway's offer, which takes the place of an unanswered one of ours.
   * @returns what to answer, and the direction that it wants where that is another one than before
   */
  offered(direction: Direction): { readonly answer: Direction; readonly changed: Direction | null } {
    this.#asked = null;
    const changed = this.#want(direction);
    return { answer: this.#allowed(reverseDirection(direction)), changed };
  }

  #want(direction: Direction): Direction | null {
    const before = this.#theirs;
    this.#theirs = direction;
    return before === null || before === direction ? null : direction;
  }

  #allowed(direction: Direction): Direction {
    if (this.#ours === 'sendrecv') return direction;
    const isSending = this.#ours === 'sendonly' && (direction === 'sendrecv' || direction === 'sendonly');
    return isSending ? 'sendonly' : 'inactive';
  }
}
