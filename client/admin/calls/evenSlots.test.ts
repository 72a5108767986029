import { describe, expect, it } from 'vitest';
import type { QualityPoint } from '../../../shared/admin/index.ts';
import { evenSlots } from './page/evenSlots.ts';

const unknown = { mos: null, lossPercent: null, jitterMs: null, roundTripMs: null };
const point = (atMs: number, mos: number | null, lossPercent: number | null = null): QualityPoint => ({
  ...{ atMs, fromBrowser: { ...unknown, mos, lossPercent } },
  ...{ toBrowser: unknown, fromGateway: unknown, toGateway: unknown },
});
const values = (points: readonly QualityPoint[], measure: 'mos' | 'lossPercent' = 'mos') =>
  evenSlots(points, 'fromBrowser', measure).map(({ value }) => value);

describe('evenSlots', () => {
  it('has a step for each point of a short call', () => {
    expect(values([point(0, 4), point(5000, null), point(10_000, 3)])).toEqual([4, null, 3]);
    expect(values([point(7, 4)])).toEqual([4]);
    expect(values([])).toEqual([]);
  });

  it('holds a value until the next point, but not over a time in which nobody measured', () => {
    expect(values([point(0, 4), point(15_000, 3)])).toEqual([4, 4, 4, 3]);
    const far = values([point(0, 4), point(200_000, 3)]);
    expect([far[17], far[18], far.at(-1)]).toEqual([4, null, 3]);
  });

  it('takes the worst where many points fall into one step', () => {
    const points = Array.from({ length: 360 }, (_, index) => point(index * 5000, index % 2 ? 4 : 2, index % 2 ? 9 : 0));
    expect(values(points)).toHaveLength(180);
    expect(new Set(values(points))).toEqual(new Set([2]));
    expect(new Set(values(points, 'lossPercent'))).toEqual(new Set([9]));
  });
});
