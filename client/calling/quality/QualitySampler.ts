import type { BrowserQuality } from '../../../shared/protocol/index.ts';
import { Concealment } from './Concealment.ts';
import type { Energy, MediaFigures } from './MediaFigures.ts';

/** Looks at the figures are so long apart. */
export const sampleEveryMs = 500;

/** Four seconds of looks are what "silent" is judged by: with half a second between two, it is known well within five. */
const levelSamples = 8;

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
  #inputLevels: readonly number[] = [];
  #outputLevels: readonly number[] = [];

  /** To be called each `sampleEveryMs`. What was heard while nobody was to be heard says nothing. */
  add(figures: MediaFigures, expected: Expected): void {
    const before = this.#last;
    this.#inputLevels = expected.input ? withLevel(this.#inputLevels, before?.input ?? null, figures.input) : [];
    this.#outputLevels = expected.output ? withLevel(this.#outputLevels, before?.output ?? null, figures.output) : [];
    this.#last = figures;
  }

  /** The loudest look of the last four seconds; null before there were so many. */
  get inputLevel(): number | null {
    return loudest(this.#inputLevels);
  }

  get outputLevel(): number | null {
    return loudest(this.#outputLevels);
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

/** Root mean square of the time between; a signal that began anew has none. */
function withLevel(levels: readonly number[], before: Energy | null, now: Energy | null): number[] {
  if (before === null || now === null || now.seconds < before.seconds) return [];
  const seconds = now.seconds - before.seconds;
  if (seconds === 0) return [...levels];
  const level = Math.sqrt(Math.max(0, now.energy - before.energy) / seconds);
  return [...levels, Math.min(1, level)].slice(-levelSamples);
}

function loudest(levels: readonly number[]): number | null {
  return levels.length < levelSamples ? null : Math.max(...levels);
}
