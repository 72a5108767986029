import { goodReportsToEnd, silentReportsOnceSpoken, type Threshold } from './qualityThresholds.ts';

/** One problem of the network, there or not: begins at once and ends after some good reports. */
export class ThresholdLatch {
  isOn = false;
  readonly #threshold: Threshold;
  #good = 0;

  constructor(threshold: Threshold) {
    this.#threshold = threshold;
  }

  /** null: no news. */
  see(value: number | null): void {
    if (value === null) return;
    if (value >= this.#threshold.begins) this.isOn = true;
    this.#good = value < this.#threshold.ends ? this.#good + 1 : 0;
    if (this.#good >= goodReportsToEnd) this.isOn = false;
  }
}

/** Silence of one side. */
export class SilenceLatch {
  /** In the last report. */
  isOn = false;
  /** For longer than somebody just listens: at once of a side that was never heard, later on after a few reports. */
  isLasting = false;
  readonly #level: number;
  #silent = 0;
  #hasBeenHeard = false;

  constructor(level: number) {
    this.#level = level;
  }

  /** null: not known, or nobody is to be heard. */
  see(level: number | null): void {
    this.isOn = level !== null && level < this.#level;
    this.#silent = this.isOn ? this.#silent + 1 : 0;
    this.isLasting = this.#silent >= (this.#hasBeenHeard ? silentReportsOnceSpoken : 1);
    if (level !== null && !this.isOn) this.#hasBeenHeard = true;
  }
}
