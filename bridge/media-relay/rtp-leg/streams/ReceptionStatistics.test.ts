import { describe, expect, it } from 'vitest';
import { rtp } from '../../test-peers/rtpBuilder.ts';
import { ReceptionStatistics } from './ReceptionStatistics.ts';

function receive(statistics: ReceptionStatistics, sequences: readonly number[], ssrc = 5): void {
  for (const [place, sequence] of sequences.entries()) {
    statistics.receive(rtp({ sequence, timestamp: place * 160, ssrc }), place * 20, 8000);
  }
}

describe('ReceptionStatistics', () => {
  it('counts losses across the wrap and reports the fraction since the last report', () => {
    const statistics = new ReceptionStatistics();
    receive(statistics, [65_534, 65_535, 1, 2]);
    expect(statistics.lost).toBe(1);
    expect(statistics.report()).toMatchObject({
      ssrc: 5,
      cumulativeLost: 1,
      fractionLost: Math.floor(256 / 5),
      highestSequence: 0x1_0002,
    });
    expect(statistics.report()?.fractionLost).toBe(0);
  });

  it('sees no jitter where packets come evenly, and some where they do not', () => {
    const even = new ReceptionStatistics();
    receive(even, [1, 2, 3, 4, 5]);
    expect(even.jitterMs).toBe(0);
    const uneven = new ReceptionStatistics();
    uneven.receive(rtp({ sequence: 1, timestamp: 0, ssrc: 1 }), 0, 8000);
    uneven.receive(rtp({ sequence: 2, timestamp: 160, ssrc: 1 }), 36, 8000);
    expect(uneven.jitterMs).toBe(1);
  });

  it('keeps the losses of earlier sources', () => {
    const statistics = new ReceptionStatistics();
    receive(statistics, [1, 3], 5);
    receive(statistics, [100, 104], 6);
    expect(statistics.lost).toBe(4);
    expect(statistics.packets).toBe(4);
  });

  it('does not take events for lost audio', () => {
    const statistics = new ReceptionStatistics();
    receive(statistics, [1, 2]);
    statistics.receiveOther(rtp({ sequence: 3, timestamp: 320, ssrc: 5 }));
    receive(statistics, [4]);
    expect(statistics.lost).toBe(0);
  });

  it('has nothing to report before the first packet', () => {
    expect(new ReceptionStatistics().report()).toBeNull();
  });
});
