import type { EndedCall } from '../call-logger/index.ts';

/** What is told of a group of calls. Rates are null where nothing is known. */
export interface CallFigures {
  readonly requested: number;
  readonly answered: number;
  /** Ended, answered or not; refused ones as well. */
  readonly ended: number;
  /** Of those that a gateway was asked for and that have ended: answered ÷ ended, 0 to 1 (ITU-T E.411). */
  readonly answerRate: number | null;
  /** Mean, in milliseconds. */
  readonly postDialDelayMs: number | null;
  /** Mean opinion score (ITU-T G.107), of each call the worst of its directions as it was at the end. */
  readonly mos: number | null;
}

/** Adds calls up. */
export class CallTally {
  requested = 0;
  answered = 0;
  ended = 0;
  #tried = 0;
  #answeredEnds = 0;
  #delays = new Mean();
  #scores = new Mean();

  end({ closing, answeredAtMs, mos }: Pick<EndedCall, 'closing' | 'answeredAtMs' | 'mos'>): void {
    this.ended += 1;
    if (closing.outcome !== 'refused') this.#tried += 1;
    if (answeredAtMs !== null) this.#answeredEnds += 1;
    if (closing.postDialDelayMs !== null) this.#delays.add(closing.postDialDelayMs);
    const scores = Object.values(mos ?? {}).filter((score) => score !== null);
    if (scores.length > 0) this.#scores.add(Math.min(...scores));
  }

  add(other: CallTally): void {
    this.requested += other.requested;
    this.answered += other.answered;
    this.ended += other.ended;
    this.#tried += other.#tried;
    this.#answeredEnds += other.#answeredEnds;
    this.#delays.join(other.#delays);
    this.#scores.join(other.#scores);
  }

  get figures(): CallFigures {
    return {
      requested: this.requested,
      answered: this.answered,
      ended: this.ended,
      answerRate: this.#tried === 0 ? null : this.#answeredEnds / this.#tried,
      postDialDelayMs: this.#delays.value,
      mos: this.#scores.value,
    };
  }
}

class Mean {
  #sum = 0;
  #count = 0;

  add(value: number): void {
    this.#sum += value;
    this.#count += 1;
  }

  join(other: Mean): void {
    this.#sum += other.#sum;
    this.#count += other.#count;
  }

  get value(): number | null {
    return this.#count === 0 ? null : this.#sum / this.#count;
  }
}
