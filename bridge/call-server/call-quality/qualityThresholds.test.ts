import { describe, expect, it } from 'vitest';
import { SilenceLatch, ThresholdLatch } from './ProblemLatch.ts';
import { networkThresholds, strengthOf } from './qualityThresholds.ts';

const mos = (worst: number | null) => ({ fromBrowser: worst, toBrowser: 4.4, fromGateway: null, toGateway: null });

describe('The strength of a call', () => {
  it.each([
    [4.03, 4],
    [4.02, 3],
    [3.6, 3],
    [3.59, 2],
    [3.1, 2],
    [3.09, 1],
    [1, 1],
  ])('of which the worst direction has %s is %s', (worst, strength) => {
    expect(strengthOf(mos(worst), [])).toBe(strength);
  });

  it('is full while nothing is known, and none where one side isn’t heard at all', () => {
    const nothing = { fromBrowser: null, toBrowser: null, fromGateway: null, toGateway: null };
    expect(strengthOf(nothing, [])).toBe(4);
    expect(strengthOf(mos(4.4), ['notHeard'])).toBe(0);
    expect(strengthOf(mos(4.4), ['otherNotHeard', 'networkLoss'])).toBe(0);
    expect(strengthOf(mos(4.4), ['microphoneSilent'])).toBe(4);
  });

  it('comes back only when it is clearly better', () => {
    expect(strengthOf(mos(4.1), [], 3)).toBe(3);
    expect(strengthOf(mos(4.13), [], 3)).toBe(4);
    expect(strengthOf(mos(4.1), [], 4)).toBe(4);
  });
});

describe('A problem of the network', () => {
  const { begins, ends } = networkThresholds.networkLoss;

  it.each([
    [[begins - 0.01], false],
    [[begins], true],
    [[begins, ends], true],
    [[begins, ends - 0.01], true],
    [[begins, ends - 0.01, ends - 0.01], false],
    [[begins, 0, ends, 0], true],
    [[begins, null, null, null], true],
  ] satisfies [(number | null)[], boolean][])('after %j is there: %s', (values, isOn) => {
    const latch = new ThresholdLatch(networkThresholds.networkLoss);
    for (const value of values) latch.see(value);
    expect(latch.isOn).toBe(isOn);
  });
});

describe('Silence', () => {
  it.each([
    [[0], true, true],
    [[0.001], false, false],
    [[0.0009], true, true],
    [[null], false, false],
    [[0.5, 0], true, false],
    [[0.5, 0, 0], true, false],
    [[0.5, 0, 0, 0], true, true],
    [[0.5, 0, 0, 0, 0.5], false, false],
    [[0.5, 0, 0, null, 0], true, false],
    [[0, 0.5, 0, 0], true, false],
  ] satisfies [(number | null)[], boolean, boolean][])(
    'after %j is there: %s; lasts: %s',
    (levels, isOn, isLasting) => {
      const latch = new SilenceLatch(0.001);
      for (const level of levels) latch.see(level);
      expect(latch).toMatchObject({ isOn, isLasting });
    },
  );
});
