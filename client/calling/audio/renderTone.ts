import type { Tone } from './tones.ts';

/** Ramp at both ends of each burst, in milliseconds; without it the loudspeaker clicks. */
const rampMs = 6;

/** One period of a tone as samples between -1 and 1; played in a loop it needs no timer. */
export function renderTone(tone: Tone, sampleRate: number): Float32Array<ArrayBuffer> {
  const periodMs = tone.cadenceMs.reduce((sum, part) => sum + part, 0);
  const samples = new Float32Array(Math.round((periodMs * sampleRate) / 1000));
  let startMs = 0;
  tone.cadenceMs.forEach((lengthMs, part) => {
    if (part % 2 === 0) addBurst(samples, tone.frequenciesHz, { startMs, lengthMs, sampleRate });
    startMs += lengthMs;
  });
  return samples;
}

interface Burst {
  readonly startMs: number;
  readonly lengthMs: number;
  readonly sampleRate: number;
}

function addBurst(samples: Float32Array, frequenciesHz: readonly number[], burst: Burst): void {
  const perMs = burst.sampleRate / 1000;
  const first = Math.round(burst.startMs * perMs);
  const count = Math.min(Math.round(burst.lengthMs * perMs), samples.length - first);
  const ramp = rampMs * perMs;
  for (let index = 0; index < count; index += 1) {
    const envelope = Math.min(1, index / ramp, (count - 1 - index) / ramp);
    const seconds = index / burst.sampleRate;
    const sum = frequenciesHz.reduce((total, hz) => total + Math.sin(2 * Math.PI * hz * seconds), 0);
    samples[first + index] = (envelope * sum) / frequenciesHz.length;
  }
}
