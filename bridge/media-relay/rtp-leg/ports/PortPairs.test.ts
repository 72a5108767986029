import { describe, expect, it } from 'vitest';
import { PortPairs } from './PortPairs.ts';

function takeAll(pairs: PortPairs): number[] {
  const taken: number[] = [];
  for (let port = pairs.take(); port !== null; port = pairs.take()) taken.push(port);
  return taken;
}

describe('PortPairs', () => {
  it.each([
    [0, [40_000, 40_002, 40_004]],
    [1, [40_002, 40_004, 40_000]],
    [2, [40_004, 40_000, 40_002]],
  ])('hands out every pair of the range once, beginning at a random one (%i)', (start, expected) => {
    const limits: number[] = [];
    const randomInt = (limit: number) => {
      limits.push(limit);
      return start;
    };
    expect(takeAll(new PortPairs({ randomInt }, [40_000, 40_005]))).toEqual(expected);
    expect(limits).toEqual([3]);
  });

  it.each([
    [[40_001, 40_004], [40_002]],
    [
      [40_001, 40_005],
      [40_002, 40_004],
    ],
    [[40_000, 40_000], []],
    [[40_001, 40_002], []],
  ] as const)('of ports %j takes even ones whose next is in the range as well', (range, expected) => {
    expect(takeAll(new PortPairs({ randomInt: () => 0 }, range))).toEqual(expected);
  });

  it('gives a pair that came back to the last in the queue', () => {
    const pairs = new PortPairs({ randomInt: () => 0 }, [40_000, 40_005]);
    const first = pairs.take();
    pairs.giveBack(first ?? 0);
    expect(takeAll(pairs)).toEqual([40_002, 40_004, 40_000]);
    expect(pairs.freeCount).toBe(0);
  });
});
