import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ntpMiddle, readReports, writeCompound } from '../rtp-leg/streams/rtcpPacket.ts';
import type { UdpGateway } from '../test-peers/index.ts';
import { expectOneStream, hasWorker, RelayBench, until } from './testing/RelayBench.ts';

const tones = { durationMs: 80, gapMs: 60 };

const audioOf = (gateway: UdpGateway) => gateway.heard.filter(({ payload }) => payload[0] === 0xb0);

describe.skipIf(!hasWorker)('Key tones and reports between a browser and a gateway', { timeout: 30_000 }, () => {
  let bench: RelayBench;
  beforeAll(async () => {
    bench = await RelayBench.open([41_030, 41_059]);
  });
  afterEach(() => bench.clear());
  afterAll(() => bench.close());

  it('sends digits as events on the audio’s own SSRC', async () => {
    const { session, gateway } = await bench.call({ codec: 'PCMU' });
    await session.sendDtmf('15#', tones);
    const after = gateway.heard.length;
    await vi.waitFor(() => expect(gateway.heard.length).toBeGreaterThan(after + 5), until);
    const events = gateway.heard.filter(({ payloadType }) => payloadType === 101);
    expect(events.filter(({ marker }) => marker).map(({ payload }) => payload[0])).toEqual([1, 5, 11]);
    expect(new Set(events.map(({ timestamp }) => timestamp)).size).toBe(3);
    expectOneStream(gateway.heard);
    // The audio's clock runs on through the events.
    const audio = audioOf(gateway);
    const steps = audio.slice(1).map((packet, index) => packet.timestamp - (audio[index]?.timestamp ?? 0));
    expect(steps.every((step) => step > 0 && step % 160 === 0)).toBe(true);
  });

  it('passes RTCP both ways, so that both sides know the round trip', async () => {
    const { session, gateway, offer } = await bench.call({ codec: 'PCMU' });
    await vi.waitFor(() => expect(gateway.heardRtcp.length).toBeGreaterThan(0), until);
    const [report] = readReports(gateway.heardRtcp[0] ?? Buffer.alloc(0));
    expect(report?.ssrc).toBe(gateway.heard[0]?.ssrc);
    expect(report?.blocks).toMatchObject([{ ssrc: 1111, cumulativeLost: 0 }]);
    const block = {
      ssrc: report?.ssrc ?? 0,
      fractionLost: 0,
      cumulativeLost: 7,
      highestSequence: 1,
      jitter: 80,
      lastSenderReport: report?.sender ? ntpMiddle(report.sender) : 0,
      delaySinceLastSenderReport: 0,
    };
    gateway.send(writeCompound({ ssrc: 1111, sender: null, blocks: [block] }, 'gw'), offer, 'rtcp');
    await vi.waitFor(async () => {
      const stats = await session.stats();
      expect(stats.gateway.roundTripMs).toBeGreaterThan(0);
      expect(stats.browser.roundTripMs).toBeGreaterThan(0);
      expect(stats.gateway.heard).toEqual({ packetsLost: 7, jitterMs: 10 });
    }, until);
  });

  it('sends events in Opus’s clock where the gateway answered so', async () => {
    const { session, gateway, answer } = await bench.call({ codec: 'opus', events: 48_000 });
    expect(answer.dtmfPayloadType).toBe(110);
    await session.sendDtmf('9', tones);
    const events = gateway.heard.filter(({ payloadType }) => payloadType === 110);
    expect(events[events.length - 1]?.payload.readUInt16BE(2)).toBe(80 * 48);
  });
});
