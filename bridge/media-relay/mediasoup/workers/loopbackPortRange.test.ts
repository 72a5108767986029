import { describe, expect, it } from 'vitest';
import { loopbackPortRange } from './loopbackPortRange.ts';

describe('loopbackPortRange', () => {
  it('is the widest room beside the ports of gateways and browsers', () => {
    expect(loopbackPortRange({ portRange: [40_000, 49_999], browserPort: 0, workers: 2 })).toEqual({
      min: 10_000,
      max: 39_999,
    });
    expect(loopbackPortRange({ portRange: [10_000, 20_000], browserPort: 44_444, workers: 4 })).toEqual({
      min: 20_001,
      max: 44_443,
    });
    expect(loopbackPortRange({ portRange: [30_000, 65_535], browserPort: 10_000, workers: 2 })).toEqual({
      min: 10_002,
      max: 29_999,
    });
  });

  it('is everything where there is no room beside', () => {
    expect(loopbackPortRange({ portRange: [10_000, 65_535], browserPort: 0, workers: 1 })).toEqual({
      min: 10_000,
      max: 65_535,
    });
  });
});
