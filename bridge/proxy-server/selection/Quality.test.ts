import { describe, expect, it } from 'vitest';
import { qualityOf } from './Quality.ts';

const figures = { tried: 10, answered: 0, failed: 0, answerRate: 1, postDialDelayMs: 0, mos: 4.5 };

describe('qualityOf', () => {
  it('knows nothing of fewer than ten calls', () => {
    expect(qualityOf({ ...figures, tried: 9 })).toBeNull();
    expect(qualityOf({ ...figures, tried: 10 })).toBe(1);
  });

  it('weighs answers by half, the delay by a fifth and the audio by the rest', () => {
    expect(qualityOf({ ...figures, answerRate: 0 })).toBe(0.5);
    expect(qualityOf({ ...figures, postDialDelayMs: 10_000 })).toBe(0.8);
    expect(qualityOf({ ...figures, postDialDelayMs: 60_000 })).toBe(0.8);
    expect(qualityOf({ ...figures, mos: 1 })).toBe(0.7);
    expect(qualityOf({ ...figures, answerRate: 0.5, postDialDelayMs: 2500, mos: 2.75 })).toBe(0.55);
  });

  it('leaves out what is not known', () => {
    expect(qualityOf({ ...figures, answerRate: 0.5, postDialDelayMs: null, mos: null })).toBe(0.5);
    expect(qualityOf({ ...figures, answerRate: 0.5, mos: null })).toBe(0.65);
  });

  it('tells no difference of less than a step', () => {
    expect(qualityOf({ ...figures, answerRate: 0.99 })).toBe(1);
    expect(qualityOf({ ...figures, answerRate: 0.9 })).toBe(0.95);
  });
});
