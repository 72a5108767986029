import type { BrowserQuality } from '../../../shared/protocol/index.ts';
import type { Energy, MediaFigures } from './MediaFigures.ts';

/** With a sample each second, so long is what "silent" is judged by. */
export const levelSamples = 4;

/** Makes reports of the figures of one connection: counts as they are, averages and levels over the time between. */
export class QualitySampler {
  #last: MediaFigures | null = null;
  #reported: MediaFigures | null = null;
  #inputLevels: number[] = [];
  #outputLevels: number[] = [];

  /** To be called each second. */
  add(figures: MediaFigures): void {
    this.#inputLevels = withLevel(this.#inputLevels, this.#last?.input ?? null, figures.input);
    this.#outputLevels = withLevel(this.#outputLevels, this.#last?.output ?? null, figures.output);
    this.#last = figures;
  }

  /** The loudest second of the last four; null before there were four. */
  get inputLevel(): number | null {
    return loudest(this.#inputLevels);
  }

  /** What is to be told now; null before the first figures. The next report's averages begin here. */
  report(): BrowserQuality | null {
    const now = this.#last;
    if (now === null) return null;
    const before = this.#reported;
    this.#reported = now;
    const waitedS = between(before?.bufferDelayS, now.bufferDelayS, before?.samplesEmitted, now.samplesEmitted);
    const concealed = between(before?.samplesConcealed, now.samplesConcealed, before?.samplesPlayed, now.samplesPlayed);
    const { roundTripMs, jitterMs, packetsReceived, packetsLost, packetsSent, codec, isRelayed, protocol } = now;
    return {
      ...{ roundTripMs, jitterMs, packetsReceived, packetsLost, packetsSent, codec, isRelayed, protocol },
      jitterBufferMs: waitedS === null ? null : waitedS * 1000,
      concealedRatio: concealed === null ? null : Math.min(1, Math.max(0, concealed)),
      inputLevel: this.inputLevel,
      outputLevel: loudest(this.#outputLevels),
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
