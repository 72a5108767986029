import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rtp } from '../../test-peers/rtpBuilder.ts';
import { ReceptionStatistics } from './ReceptionStatistics.ts';
import { RtcpTranslator } from './RtcpTranslator.ts';
import { type ReportBlock, readReports, writeCompound } from './rtcpPacket.ts';
import { StreamRewriter } from './StreamRewriter.ts';

const block: ReportBlock = {
  ssrc: 0,
  fractionLost: 12,
  cumulativeLost: 3,
  highestSequence: 0x1_0010,
  jitter: 40,
  lastSenderReport: 0,
  delaySinceLastSenderReport: 0,
};
const sender = { ntpSeconds: 0x1234_5678, ntpFraction: 0x9abc_0000, rtpTimestamp: 1000, packets: 5, octets: 800 };

function setUp() {
  const toGateway = new StreamRewriter({ ssrc: 1000, sequenceNumber: 0x20, timestamp: 7000 });
  const toBrowser = new StreamRewriter({ ssrc: 2000, sequenceNumber: 1, timestamp: 50 });
  const reception = new ReceptionStatistics();
  toGateway.rewrite(rtp({ sequence: 0x10, timestamp: 900, ssrc: 11 }), 0, 8000);
  const fromGateway = rtp({ sequence: 9, timestamp: 100, ssrc: 22 });
  reception.receive(fromGateway, 0, 8000);
  toBrowser.rewrite(fromGateway, 0, 8000);
  const sent = () => ({ packets: 77, octets: 12_320 });
  return { translator: new RtcpTranslator({ toGateway, toBrowser, reception, sent, cname: 'us' }) };
}

describe('RtcpTranslator', () => {
  it('passes mediasoup’s sender report on in the gateway’s terms, with a report of our own', () => {
    const { translator } = setUp();
    const out = translator.fromBrowser(writeCompound({ ssrc: 11, sender, blocks: [] }, 'x'), 10);
    const [report] = readReports(out ?? Buffer.alloc(0));
    expect(report?.ssrc).toBe(1000);
    expect(report?.sender).toEqual({ ...sender, rtpTimestamp: 7100, packets: 77, octets: 12_320 });
    expect(report?.blocks).toMatchObject([{ ssrc: 22, highestSequence: 9, cumulativeLost: 0 }]);
    expect(out?.includes(Buffer.from('us'))).toBe(true);
  });

  it('passes the gateway’s reports on in mediasoup’s terms', () => {
    const { translator } = setUp();
    const about = { ...block, ssrc: 1000, highestSequence: 0x1_0025 };
    const out = translator.fromGateway(writeCompound({ ssrc: 22, sender, blocks: [about] }, 'gw'), 10);
    const [report] = readReports(out ?? Buffer.alloc(0));
    expect(report?.ssrc).toBe(2000);
    expect(report?.sender?.rtpTimestamp).toBe(950);
    expect(report?.blocks).toEqual([{ ...about, ssrc: 11, highestSequence: 0x1_0015 }]);
  });

  it('measures the round trip by the gateway’s echo of our sender report', () => {
    const { translator } = setUp();
    translator.fromBrowser(writeCompound({ ssrc: 11, sender, blocks: [] }, 'x'), 1000);
    const echo = { ...block, ssrc: 1000, lastSenderReport: 0x5678_9abc, delaySinceLastSenderReport: 6554 };
    translator.fromGateway(writeCompound({ ssrc: 22, sender: null, blocks: [echo] }, 'gw'), 1140);
    expect(translator.roundTripMs).toBeCloseTo(40, 0);
  });

  it('tells the gateway when its own sender report came', () => {
    const { translator } = setUp();
    translator.fromGateway(writeCompound({ ssrc: 22, sender, blocks: [] }, 'gw'), 1000);
    const out = translator.fromBrowser(writeCompound({ ssrc: 11, sender, blocks: [] }, 'x'), 1500);
    expect(readReports(out ?? Buffer.alloc(0))[0]?.blocks).toMatchObject([
      { lastSenderReport: 0x5678_9abc, delaySinceLastSenderReport: 32_768 },
    ]);
  });

  it('reports by itself when mediasoup is silent', () => {
    const { translator } = setUp();
    expect(translator.ownReport(0)).toBeNull();
    expect(translator.ownReport(5000)).toBeNull();
    const [report] = readReports(translator.ownReport(6000) ?? Buffer.alloc(0));
    expect(report).toMatchObject({ ssrc: 1000, sender: null, blocks: [{ ssrc: 22 }] });
    expect(translator.ownReport(7000)).toBeNull();
  });

  it('says nothing about streams that it does not know', () => {
    const { translator } = setUp();
    expect(translator.fromBrowser(writeCompound({ ssrc: 12, sender, blocks: [] }, 'x'), 10)).toBeNull();
    const other = { ...block, ssrc: 999 };
    expect(translator.fromGateway(writeCompound({ ssrc: 23, sender, blocks: [other] }, 'x'), 10)).toBeNull();
  });

  it('survives any bytes', () => {
    const { translator } = setUp();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 192, max: 223 }), (bytes, type) => {
        const packet = Buffer.from([0x80 | ((bytes[0] ?? 0) & 0x1f), type, ...bytes]);
        translator.fromGateway(packet, 1);
        translator.fromBrowser(packet, 1);
      }),
    );
  });
});
