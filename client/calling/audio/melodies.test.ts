import { describe, expect, it } from 'vitest';
import { type Melody, renderMelody, ringSounds } from './melodies.ts';

const sampleRate = 16_000;

/** How much of one frequency is in the stretch (Goertzel); 1 for a full sine of it. */
function share(samples: Float32Array, hz: number, fromMs: number, toMs: number): number {
  const part = samples.subarray((fromMs * sampleRate) / 1000, (toMs * sampleRate) / 1000);
  let real = 0;
  let imaginary = 0;
  part.forEach((sample, index) => {
    const angle = (2 * Math.PI * hz * index) / sampleRate;
    real += sample * Math.cos(angle);
    imaginary += sample * Math.sin(angle);
  });
  return (2 * Math.hypot(real, imaginary)) / part.length;
}

describe('renderMelody', () => {
  const melody: Melody = {
    notes: [
      { frequencyHz: 500, atMs: 100, lengthMs: 300 },
      { frequencyHz: 800, atMs: 500, lengthMs: 300 },
    ],
    periodMs: 1000,
  };

  it('strikes each note when it is due, and lets it fade', () => {
    const samples = renderMelody(melody, sampleRate);
    expect(samples.length).toBe(sampleRate);
    expect(share(samples, 500, 0, 100)).toBe(0);
    expect(share(samples, 500, 105, 205)).toBeGreaterThan(0.3);
    expect(share(samples, 500, 300, 400)).toBeLessThan(0.1);
    expect(share(samples, 800, 505, 605)).toBeGreaterThan(0.3);
    expect(share(samples, 800, 105, 205)).toBeLessThan(0.02);
  });

  it('cuts what would ring beyond its period', () => {
    const late: Melody = { notes: [{ frequencyHz: 500, atMs: 900, lengthMs: 300 }], periodMs: 1000 };
    expect(renderMelody(late, sampleRate).length).toBe(sampleRate);
  });

  it('is silence without notes', () => {
    expect(Math.max(...renderMelody({ notes: [], periodMs: 10 }, sampleRate))).toBe(0);
  });

  it.each(Object.entries(ringSounds))('makes %s as loud as can be, and loops it without a click', (_name, sound) => {
    const samples = renderMelody(sound, sampleRate);
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(peak).toBeCloseTo(1, 5);
    expect(samples[0]).toBe(0);
    expect(Math.abs(samples.at(-1) ?? 1)).toBeLessThan(0.01);
    // A pause in which the caller's name can be read out.
    const pause = samples.subarray(-sampleRate * 0.8);
    expect(pause.every((sample) => sample === 0)).toBe(true);
  });
});
