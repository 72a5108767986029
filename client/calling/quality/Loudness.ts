import type { Energy } from './MediaFigures.ts';

/**
 * What "silent" is judged by, in seconds of audio: with the look in which it begins, and the way to the bridge and back, it is told
 * within five seconds also where a browser lets a page in the background look once a second only.
 */
const judgedS = 3;

/** How loud one side was lately. */
export class Loudness {
  #before: Energy | null = null;
  /** Root mean square of the time between two looks, the latest last. */
  #looks: readonly { readonly level: number; readonly seconds: number }[] = [];

  /** null: not known. What was heard while nobody was to be heard says nothing. */
  add(now: Energy | null, isExpected: boolean): void {
    const before = this.#before;
    this.#before = now;
    if (!isExpected || before === null || now === null || now.seconds < before.seconds) {
      this.#looks = [];
      return;
    }
    const seconds = now.seconds - before.seconds;
    if (seconds === 0) return;
    const level = Math.min(1, Math.sqrt(Math.max(0, now.energy - before.energy) / seconds));
    const looks = [...this.#looks, { level, seconds }];
    this.#looks = looks.filter((_, index) => covered(looks.slice(index + 1)) < judgedS);
  }

  /** The loudest look of the last three seconds; null before there were so many. */
  get level(): number | null {
    return covered(this.#looks) < judgedS ? null : Math.max(...this.#looks.map(({ level }) => level));
  }
}

/** To milliseconds: the sum of many halves of a second shall be whole. */
function covered(looks: readonly { readonly seconds: number }[]): number {
  return Math.round(1000 * looks.reduce((sum, { seconds }) => sum + seconds, 0)) / 1000;
}
