import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../observability/FakeClock.ts';
import { ReceptionStatistics } from './ReceptionStatistics.ts';
import { RtcpReporter } from './RtcpReporter.ts';
import type { RtpPacket } from './RtpPacket.ts';
import { parseSenderReport, serializeRtcp } from './rtcp.ts';

function packet(sequenceNumber: number, timestamp: number): RtpPacket {
  return { payloadType: 0, isMarked: false, sequenceNumber, timestamp, ssrc: 9, payload: new Uint8Array(160) };
}

describe('ReceptionStatistics', () => {
  it('counts losses since the last report and since the beginning, over the end of the sequence numbers', () => {
    const statistics = new ReceptionStatistics();
    const receive = (sequence: number) =>
      statistics.received(packet(sequence & 0xffff, 0), { clockRateHz: 8000, nowMs: 0, isTimed: false });
    for (const sequence of [65_534, 65_535, 65_536, 65_539]) receive(sequence);
    expect(statistics.report(0)).toMatchObject({
      cumulativeLost: 2,
      fractionLost: 85,
      extendedHighestSequence: 65_539,
    });
    for (const sequence of [65_540, 65_541]) receive(sequence);
    expect(statistics.report(0)).toMatchObject({ cumulativeLost: 2, fractionLost: 0, extendedHighestSequence: 65_541 });
  });

  it('has no jitter to report of an even stream and some of an uneven one', () => {
    const jitterOf = (arrivals: readonly number[]) => {
      const statistics = new ReceptionStatistics();
      for (const [index, nowMs] of arrivals.entries()) {
        statistics.received(packet(index, 160 * index), { clockRateHz: 8000, nowMs, isTimed: true });
      }
      return statistics.report(0)?.jitter;
    };
    expect(jitterOf([0, 20, 40, 60, 80])).toBe(0);
    expect(jitterOf([0, 30, 40, 70, 80])).toBeGreaterThan(10);
  });

  it('says how long ago the sender reported', () => {
    const statistics = new ReceptionStatistics();
    statistics.received(packet(1, 0), { clockRateHz: 8000, nowMs: 0, isTimed: true });
    statistics.senderReported(9, 0x12345678, 1000);
    expect(statistics.report(1500)).toMatchObject({
      lastSenderReport: 0x12345678,
      delaySinceLastSenderReport: 32_768,
    });
    expect(new ReceptionStatistics().report(0)).toBeNull();
  });
});

describe('RTCP', () => {
  it('writes a sender report whose time can be read again, with a name and a goodbye', () => {
    const octets = serializeRtcp({
      ssrc: 0x01020304,
      cname: 'abc',
      sender: { wallClockMs: 500, rtpTimestamp: 7, packetCount: 2, octetCount: 320 },
      reception: null,
      isGoodbye: true,
    });
    // 2 208 988 800 s from 1900 to 1970, and half a second.
    expect(parseSenderReport(octets)).toEqual({ ssrc: 0x01020304, ntpMiddle: 0x7e808000 });
    expect([...octets.subarray(28)]).toEqual([
      ...[0x81, 202, 0, 3, 1, 2, 3, 4, 1, 3, 97, 98, 99, 0, 0, 0],
      ...[0x81, 203, 0, 1, 1, 2, 3, 4],
    ]);
  });

  it('reads nothing from what is no sender report', () => {
    expect(parseSenderReport(new Uint8Array(28))).toBeNull();
    expect(parseSenderReport(Uint8Array.from([0x80, 200, 0, 6]))).toBeNull();
  });
});

describe('RtcpReporter', () => {
  it('reports every five seconds or so, as sender only while it sends, and says goodbye', () => {
    const clock = new FakeClock();
    const sent: Uint8Array[] = [];
    const randomBytes = (size: number) => new Uint8Array(size).fill(128);
    const reporter = new RtcpReporter(
      { clock, wallClockMs: () => clock.now(), randomBytes, send: (datagram) => sent.push(datagram) },
      { ssrc: 3 },
    );
    reporter.start(8000);
    reporter.sent.sent(packet(1, 1000), clock.now());
    clock.advance(5100);
    clock.advance(5100);
    expect(sent.map((datagram) => datagram[1])).toEqual([200, 201]);
    // The timestamp of the moment of the report, 8 per millisecond after that of the packet.
    const timestamp = new DataView((sent[0] ?? new Uint8Array(28)).buffer, sent[0]?.byteOffset).getUint32(16);
    expect(timestamp).toBeGreaterThan(1000 + 8 * 4900);
    reporter.close();
    reporter.close();
    expect(sent.length).toBe(3);
    expect(sent[2]?.at(-7)).toBe(203);
    expect(clock.pendingTimers).toBe(0);
  });
});
