import { describe, expect, it } from 'vitest';
import { renderTone } from './renderTone.ts';
import { busyToneOf, dtmfToneOf, ringbackOf } from './tones.ts';

const sampleRate = 8_000;

/** Loudness of a stretch, as root mean square. */
function loudness(samples: Float32Array, fromMs: number, toMs: number): number {
  const part = samples.subarray((fromMs * sampleRate) / 1000, (toMs * sampleRate) / 1000);
  return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length);
}

/** How much of one frequency is in it (Goertzel); 1 for a full sine of it. */
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

describe('ringback', () => {
  it('rings two seconds in six in North America, with 440 and 480 Hz', () => {
    const samples = renderTone(ringbackOf('US'), sampleRate);
    expect(samples.length / sampleRate).toBe(6);
    expect(loudness(samples, 100, 1_900)).toBeGreaterThan(0.4);
    expect(loudness(samples, 2_001, 6_000)).toBe(0);
    expect(share(samples, 440, 100, 1_100)).toBeCloseTo(0.5, 1);
    expect(share(samples, 480, 100, 1_100)).toBeCloseTo(0.5, 1);
  });

  it('rings twice in Britain', () => {
    const samples = renderTone(ringbackOf('GB'), sampleRate);
    expect(samples.length / sampleRate).toBe(3);
    const parts = [
      [20, 380],
      [410, 590],
      [620, 980],
      [1_010, 3_000],
    ] as const;
    expect(parts.map(([from, to]) => loudness(samples, from, to) > 0.3)).toEqual([true, false, true, false]);
  });

  it('is one second of 425 Hz in five where nothing else is known', () => {
    const samples = renderTone(ringbackOf('DE'), sampleRate);
    expect(ringbackOf('ZZ')).toEqual(ringbackOf('DE'));
    expect(samples.length / sampleRate).toBe(5);
    expect(share(samples, 425, 100, 900)).toBeCloseTo(1, 1);
    expect(loudness(samples, 1_001, 5_000)).toBe(0);
  });

  it('differs from the busy tone', () => {
    expect(busyToneOf('US').cadenceMs).toEqual([500, 500]);
    expect(busyToneOf('SE').frequenciesHz).toEqual([425]);
  });

  it('begins and ends without a click', () => {
    const samples = renderTone(ringbackOf('DE'), sampleRate);
    const steps = samples.map((sample, index) => Math.abs(sample - (samples[index - 1] ?? 0)));
    expect(Math.abs(samples[0] ?? 1)).toBe(0);
    expect(steps[sampleRate] ?? 1).toBeLessThan(0.05);
  });
});

describe('key tones', () => {
  it.each([
    ['1', 697, 1209],
    ['5', 770, 1336],
    ['9', 852, 1477],
    ['*', 941, 1209],
    ['0', 941, 1336],
    ['#', 941, 1477],
  ])('%s sounds %d and %d Hz', (digit, low, high) => {
    expect(dtmfToneOf(digit)?.frequenciesHz).toEqual([low, high]);
  });

  it.each(['+', 'a', '', '12'])('%j makes no sound', (text) => {
    expect(dtmfToneOf(text)).toBeNull();
  });
});
