import type { Sound } from './wav.ts';

export interface ToneOptions {
  readonly frequencyHz: number;
  readonly seconds: number;
  readonly sampleRate: number;
}

/**
 * A tone that comes and goes (0.3 s on, 0.1 s off): a browser's noise suppression takes a steady one for noise and
 * removes it. Each burst rises and falls within 10 ms, so that it doesn't click.
 */
export function makeTone({ frequencyHz, seconds, sampleRate }: ToneOptions): Sound {
  const samples = new Float32Array(Math.round(seconds * sampleRate));
  for (let index = 0; index < samples.length; index += 1) {
    const time = index / sampleRate;
    samples[index] = 0.4 * burstGain(time % 0.4) * Math.sin(2 * Math.PI * frequencyHz * time);
  }
  return { sampleRate, samples };
}

function burstGain(timeInPeriod: number): number {
  return Math.max(0, Math.min(1, timeInPeriod / 0.01, (0.3 - timeInPeriod) / 0.01));
}
