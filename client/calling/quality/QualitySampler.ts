import type { BrowserQuality } from '../../../shared/protocol/index.ts';
import { Concealment } from './Concealment.ts';
import { Loudness } from './Loudness.ts';
import type { MediaFigures } from './MediaFigures.ts';

/** Looks at the figures are so long apart. */
export const sampleEveryMs = 500;

/** Whether somebody is to be heard: not while muted, nor on hold. */
export interface Expected {
  readonly input: boolean;
  readonly output: boolean;
}

/** Makes reports of the figures of one connection: counts as they are, averages and levels over the time between. */
export class QualitySampler {
  #last: MediaFigures | null = null;
  #reported: MediaFigures | null = null;
  readonly #concealment = new Concealment();
  readonly #input = new Loudness();
  readonly #output = new Loudness();

  /** To be called each `sampleEveryMs`. What was heard while nobody was to be heard says nothing. */
  add(figures: MediaFigures, expected: Expected): void {
    this.#input.add(figures.input, expected.input);
    this.#output.add(figures.output, expected.output);
    this.#last = figures;
  }

  get inputLevel(): number | null {
    return this.#input.level;
  }

  get outputLevel(): number | null {
    return this.#output.level;
  }

  /** What is to be told now; null before the first figures. The next report's averages begin here. */
  report(): BrowserQuality | null {
    const now = this.#last;
    if (now === null) return null;
    const before = this.#reported;
    this.#reported = now;
    const waitedS = between(before?.bufferDelayS, now.bufferDelayS, before?.samplesEmitted, now.samplesEmitted);
    const { roundTripMs, jitterMs, packetsReceived, packetsLost, packetsSent, codec, isRelayed, protocol } = now;
    return {
      ...{ roundTripMs, jitterMs, packetsReceived, packetsLost, packetsSent, codec, isRelayed, protocol },
      jitterBufferMs: waitedS === null ? null : waitedS * 1000,
      concealedRatio: this.#concealment.between(before, now),
      inputLevel: this.inputLevel,
      outputLevel: this.outputLevel,
    };
  }
}

/** Growth of one count for each of the other; null where it isn't known or nothing grew. */
function between(
  partBefore: number | null | undefined,
  part: number | null,
  wholeBefore: number | null | undefined,
  whole: number | null,
): number | null {
  if (part === null || whole === null) return null;
  const growth = whole - (wholeBefore ?? 0);
  return growth <= 0 ? null : (part - (partBefore ?? 0)) / growth;
}
