import { bass, beatSeconds, melody } from './score.ts';

export const sampleRate = 48_000;

/** A soft plucked note: three partials that fade, the higher ones sooner. */
function addNote(to: Float64Array, note: { hz: number; startSeconds: number; seconds: number; level: number }): void {
  const start = Math.round(note.startSeconds * sampleRate);
  const length = Math.round(note.seconds * sampleRate);
  for (let index = 0; index < length; index += 1) {
    const seconds = index / sampleRate;
    const attack = Math.min(1, seconds / 0.02);
    const release = Math.min(1, (note.seconds - seconds) / 0.06);
    const phase = 2 * Math.PI * note.hz * seconds;
    const partials =
      Math.sin(phase) * Math.exp(-0.9 * seconds) +
      0.2 * Math.sin(2 * phase) * Math.exp(-3 * seconds) +
      0.06 * Math.sin(3 * phase) * Math.exp(-6 * seconds);
    to[start + index] = (to[start + index] ?? 0) + note.level * attack * release * partials;
  }
}

/** Music on hold, 16 seconds, which begin where they end. */
export function music(): Float64Array {
  const beats = melody.reduce((sum, [, count]) => sum + count, 0);
  const samples = new Float64Array(beats * beatSeconds * sampleRate);
  let beat = 0;
  for (const [hz, count] of melody) {
    addNote(samples, { hz, startSeconds: beat * beatSeconds, seconds: count * beatSeconds, level: 0.25 });
    beat += count;
  }
  bass.forEach((hz, bar) => {
    addNote(samples, { hz, startSeconds: bar * 4 * beatSeconds, seconds: 4 * beatSeconds, level: 0.07 });
  });
  return samples;
}

/** What most countries' callers hear while the other telephone rings: 425 Hz, one second in five (ITU-T E.180, ETSI TR 101 041-2). */
export function ringback(): Float64Array {
  const samples = new Float64Array(5 * sampleRate);
  for (let index = 0; index < sampleRate; index += 1) {
    const edge = Math.min(1, index / 480, (sampleRate - index) / 480);
    samples[index] = 0.2 * edge * Math.sin((2 * Math.PI * 425 * index) / sampleRate);
  }
  return samples;
}
