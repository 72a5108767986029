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

/** Silence of one side: told with the first silent report, and later on, when that side has been heard, after a few. */
export class SilenceLatch {
  isOn = false;
  readonly #level: number;
  readonly #reportsOnceHeard: number;
  #silent = 0;
  #hasBeenHeard = false;

  constructor(level: number, reportsOnceHeard = silentReportsOnceSpoken) {
    this.#level = level;
    this.#reportsOnceHeard = reportsOnceHeard;
  }

  /** null: not known, or nobody is to be heard. */
  see(level: number | null): void {
    const isSilent = level !== null && level < this.#level;
    this.#silent = isSilent ? this.#silent + 1 : 0;
    this.isOn = isSilent && this.#silent >= (this.#hasBeenHeard ? this.#reportsOnceHeard : 1);
    if (level !== null && !isSilent) this.#hasBeenHeard = true;
  }
}
