import { describe, expect, it } from 'vitest';
import { probesSchema, regionsSchema } from './probesConfig.ts';

const problemsOf = (schema: typeof probesSchema | typeof regionsSchema, value: unknown) =>
  schema.safeParse(value).error?.issues.map(({ path }) => path.join('.')) ?? [];

describe('probesSchema', () => {
  it('judges by the last twenty calls within five minutes where nothing is said', () => {
    expect(probesSchema.parse({}).calls).toEqual({
      ...{ window: 20, windowMs: 300_000, minAttempts: 6, failureShare: 0.5, outMs: 30_000, maxOutMs: 600_000 },
      ...{ shares: [0.1, 0.25, 0.5, 1], attemptsPerShare: 5 },
    });
  });

  it('wants no more calls than it looks at', () => {
    expect(problemsOf(probesSchema, { calls: { window: 6 } })).toEqual([]);
    expect(problemsOf(probesSchema, { calls: { window: 5 } })).toEqual(['calls.minAttempts']);
  });

  it.each([
    [0, false],
    [0.01, true],
    [1, true],
    [1.01, false],
  ])('takes %d as a share: %s', (share, isTaken) => {
    expect(problemsOf(probesSchema, { calls: { failureShare: share } })).toEqual(isTaken ? [] : ['calls.failureShare']);
    expect(problemsOf(probesSchema, { calls: { shares: [share] } })).toEqual(isTaken ? [] : ['calls.shares.0']);
  });
});

describe('regionsSchema', () => {
  it('takes places on the earth alone', () => {
    expect(problemsOf(regionsSchema, { pole: { latitude: 90, longitude: -180 } })).toEqual([]);
    expect(problemsOf(regionsSchema, { off: { latitude: 90.1, longitude: 0 } })).toEqual(['off.latitude']);
    expect(problemsOf(regionsSchema, { off: { latitude: 0, longitude: 180.1 } })).toEqual(['off.longitude']);
  });
});
