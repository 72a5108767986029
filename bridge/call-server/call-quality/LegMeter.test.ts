import { describe, expect, it } from 'vitest';
import { type LegCounts, LegMeter } from './LegMeter.ts';

const counts = (packets: number, change: Partial<LegCounts> = {}): LegCounts => ({
  ...{ packets, packetsLost: 0, jitterMs: 1, roundTripMs: 20 },
  ...change,
});

describe('LegMeter', () => {
  it('knows nothing before the first counts, and nothing of a leg without audio', () => {
    const meter = new LegMeter();
    expect([meter.mosNow('PCMU'), meter.mosOnTheWhole, meter.lossPercent]).toEqual([null, null, null]);
    meter.add(counts(0), 'PCMU');
    expect([meter.mosNow('PCMU'), meter.mosOnTheWhole, meter.lossPercent]).toEqual([null, null, null]);
  });

  it('scores the last three intervals: what was bad before is forgotten, but not on the whole', () => {
    const meter = new LegMeter();
    meter.add(counts(200, { packetsLost: 50 }), 'PCMU');
    expect(meter.mosNow('PCMU')?.toFixed(2)).toBe('2.63');
    for (const packets of [450, 700]) meter.add(counts(packets, { packetsLost: 50 }), 'PCMU');
    expect(meter.mosNow('PCMU')).toBeLessThan(4.3);
    meter.add(counts(950, { packetsLost: 50 }), 'PCMU');
    expect(meter.mosNow('PCMU')?.toFixed(2)).toBe('4.41');
    expect(meter.lossPercent).toBe(0);
    // 200 packets at 2.63, 750 at 4.41.
    expect(meter.mosOnTheWhole?.toFixed(2)).toBe(((200 * 2.6266 + 750 * 4.4094) / 950).toFixed(2));
  });

  it('goes on with a new connection, whose counts begin again', () => {
    const meter = new LegMeter();
    expect(meter.add(counts(1000, { packetsLost: 100 }), 'PCMU')).toBe(false);
    expect(meter.add(counts(200), 'PCMU')).toBe(true);
    expect(meter.lossPercent?.toFixed(1)).toBe(((100 * 100) / 1300).toFixed(1));
  });

  it('counts what had to be sent again as lost on the way, though it came in the end', () => {
    const meter = new LegMeter();
    meter.add(counts(250, { packetsSent: 250 }), 'opus');
    meter.add(counts(500, { packetsSent: 515 }), 'opus');
    expect(meter.lossPercent?.toFixed(2)).toBe((100 * (1 - 500 / 515)).toFixed(2));
    expect(meter.mosNow('opus')?.toFixed(2)).toBe('4.41');
  });

  it.each([
    ['the first counts say nothing of the way', [[250, 900]]],
    [
      'a sender that began again',
      [
        [250, 900],
        [500, 100],
      ],
    ],
    [
      'a receiver that began again',
      [
        [500, 500],
        [250, 1000],
      ],
    ],
    [
      'duplicates',
      [
        [250, 250],
        [600, 500],
      ],
    ],
  ] satisfies [string, [number, number][]][])('takes no loss from %s', (_title, all) => {
    const meter = new LegMeter();
    for (const [packets, packetsSent] of all) meter.add(counts(packets, { packetsSent }), 'opus');
    expect(meter.lossPercent).toBe(0);
  });

  it('takes no share from fewer packets than two seconds have', () => {
    const meter = new LegMeter();
    meter.add(counts(99, { packetsLost: 20 }), 'opus');
    expect(meter.lossPercent).toBeNull();
    meter.add(counts(100, { packetsLost: 20 }), 'opus');
    expect(meter.lossPercent).not.toBeNull();
  });

  it('scores by what had to be made up, where that is known', () => {
    const meter = new LegMeter();
    meter.add(counts(950, { packetsLost: 100, concealedRatio: 0.05 }), 'PCMU');
    expect(meter.mosNow('PCMU')?.toFixed(2)).toBe('3.92');
  });

  it('weighs what had to be made up by how much was heard meanwhile', () => {
    const meter = new LegMeter();
    meter.add(counts(50, { concealedRatio: 0.5 }), 'PCMU');
    meter.add(counts(500, { concealedRatio: 0 }), 'PCMU');
    const weighed = new LegMeter();
    weighed.add(counts(500, { packetsLost: 50 }), 'PCMU');
    expect(meter.mosNow('PCMU')?.toFixed(2)).toBe(weighed.mosNow('PCMU')?.toFixed(2));
  });

  it('forgets bit by bit what it was like when no more counts come', () => {
    const meter = new LegMeter();
    meter.add(counts(250, { packetsLost: 50 }), 'PCMU');
    meter.add(counts(500, { packetsLost: 50 }), 'PCMU');
    meter.nothingNew();
    expect(meter.lossPercent).toBe(0);
    meter.nothingNew();
    expect([meter.mosNow('PCMU'), meter.lossPercent]).toEqual([null, null]);
    expect(meter.mosOnTheWhole).not.toBeNull();
  });

  it('begins anew with another connection, also where that has counted as much by now', () => {
    const meter = new LegMeter();
    meter.add(counts(250, { packetsLost: 50 }), 'PCMU');
    meter.restart();
    expect(meter.mosNow('PCMU')).toBeNull();
    meter.add(counts(300), 'PCMU');
    expect(meter.lossPercent).toBe(0);
    expect(meter.mosNow('PCMU')?.toFixed(2)).toBe('4.41');
    const lossy = 250;
    expect(meter.mosOnTheWhole).toBeLessThan(4.41);
    expect(meter.mosOnTheWhole).toBeGreaterThan((lossy * 2.6 + 300 * 4.4) / (lossy + 300));
  });
});
