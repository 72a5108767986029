import type { MediaFigures } from './MediaFigures.ts';

/** RFC 7587, RFC 3551: what all of our codecs send by default. */
const packetS = 0.02;

/**
 * How much of what was to be heard had to be made up. Silence that a browser plays while nothing is sent (on hold, in a pause of
 * discontinuous transmission) is counted by it as made up, too, and isn't; silence in place of lost packets is. Their numbers are
 * missed only when the next one comes, so the silence of one report before may be theirs.
 */
export class Concealment {
  #unexplained = 0;

  /** Share from one report to the next, 0 to 1; null where it isn't known, or nothing was to be heard. */
  between(before: MediaFigures | null, now: MediaFigures): number | null {
    const { samplesConcealed, samplesPlayed } = now;
    if (samplesConcealed === null || samplesPlayed === null) return null;
    const played = samplesPlayed - (before?.samplesPlayed ?? 0);
    const concealed = samplesConcealed - (before?.samplesConcealed ?? 0);
    const silent = Math.max(0, (now.samplesSilent ?? 0) - (before?.samplesSilent ?? 0));
    const sounding = Math.max(0, concealed - silent);
    const lost = Math.max(0, now.packetsLost - (before?.packetsLost ?? 0)) * samplesPerPacket(now);
    const missing = Math.min(silent + this.#unexplained, Math.max(0, lost - sounding));
    this.#unexplained = Math.min(silent, silent + this.#unexplained - missing);
    const madeUp = sounding + missing;
    const wanted = madeUp + Math.max(0, played - concealed);
    return wanted <= 0 ? null : Math.min(1, madeUp / wanted);
  }
}

function samplesPerPacket({ samplesPlayed, output }: MediaFigures): number {
  return samplesPlayed === null || output === null || output.seconds <= 0
    ? 0
    : (samplesPlayed / output.seconds) * packetS;
}
