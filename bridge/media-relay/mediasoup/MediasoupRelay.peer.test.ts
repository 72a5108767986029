import { existsSync } from 'node:fs';
import { workerBin } from 'mediasoup';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CodecName } from '../../../shared/domain/index.ts';
import { MediaError, type MediaSession } from '../MediaRelay.ts';
import { ntpMiddle, readReports, writeCompound } from '../rtp-leg/rtcpPacket.ts';
import { portOf, UdpGateway, WeriftBrowser } from '../test-peers/index.ts';
import { callsBeforeNextWorker } from './chooseWorker.ts';
import { MediasoupRelay } from './MediasoupRelay.ts';

const hasWorker = existsSync(workerBin);
if (!hasWorker)
  console.warn(`The tests of the media relay need the mediasoup worker (${workerBin}); they are skipped.`);

const logger = { debug() {}, info() {}, warn() {}, error() {} };
const until = { timeout: 8000, interval: 10 };
const tones = { durationMs: 80, gapMs: 60 };

describe.skipIf(!hasWorker)('The media relay with a WebRTC peer and a gateway', { timeout: 30_000 }, () => {
  let relay: MediasoupRelay;
  const opened: { close(): unknown }[] = [];

  beforeAll(async () => {
    relay = await MediasoupRelay.create(
      { logger },
      { listenAddress: '127.0.0.1', announcedAddress: null, portRange: [41_000, 41_199], browserPort: 0, workers: 1 },
    );
  });
  afterAll(() => relay.close());
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one.close();
    expect(await relay.holdings()).toMatchObject({
      sessions: 0,
      routers: 0,
      transports: 0,
      rtpLegs: 0,
      gatewayPorts: 0,
    });
  });

  const keep = <T extends { close(): unknown }>(one: T): T => {
    opened.push(one);
    return one;
  };

  /** A call with audio both ways. */
  async function call(options: { codec: CodecName; browserFirst?: CodecName; events?: number }) {
    const first = options.browserFirst ?? options.codec;
    const session = keep(
      relay.createSession({ callId: 'c', codecs: first === 'opus' ? ['opus', 'PCMU'] : ['PCMU', 'opus'] }),
    );
    const browser = keep(new WeriftBrowser());
    const gateway = keep(await UdpGateway.open());
    const answering = session.acceptBrowserOffer(await browser.offer());
    const offer = await session.createGatewayOffer({ codecs: ['opus', 'PCMU'] });
    await browser.accept(await answering);
    const chosen: string[] = [];
    session.on('codecChosen', ({ codec }) => {
      chosen.push(codec);
      browser.speak(codec === 'opus' ? 'opus' : 'PCMU', 0xb0);
    });
    browser.speak(first === 'opus' ? 'opus' : 'PCMU', 0xb0);
    const answer = await session.applyGatewayAnswer(gateway.description(options));
    gateway.speak(offer, { codec: options.codec, ssrc: 1111, mark: 0xa0 });
    await vi.waitFor(() => {
      expect(gateway.heard.length).toBeGreaterThan(5);
      expect(browser.heard.filter(({ payload }) => payload[0] === 0xa0).length).toBeGreaterThan(5);
    }, until);
    return { session, browser, gateway, offer, answer, chosen };
  }

  const audioOf = (gateway: UdpGateway) => gateway.heard.filter(({ payload }) => payload[0] === 0xb0);

  function expectOneStream(packets: readonly { ssrc: number; sequence: number }[]): void {
    expect(new Set(packets.map(({ ssrc }) => ssrc)).size).toBe(1);
    const first = packets[0]?.sequence ?? 0;
    const places = packets.map(({ sequence }) => (sequence - first) & 0xffff);
    expect(places).toEqual(packets.map((_, index) => index));
  }

  it.each([
    ['opus', 111],
    ['PCMU', 0],
  ] as const)('passes %s both ways, unchanged and without a gap', async (codec, payloadType) => {
    const { browser, gateway, answer, offer, session } = await call({ codec });
    expect(answer).toEqual({ codec, dtmfPayloadType: 101, direction: 'sendrecv' });
    expect(new Set(gateway.heard.map((packet) => packet.payloadType))).toEqual(new Set([payloadType]));
    expect(gateway.heard.every((packet) => !packet.hasExtension && packet.payload.every((byte) => byte === 0xb0))).toBe(
      true,
    );
    expect(new Set(gateway.heard.map(({ fromPort }) => fromPort))).toEqual(new Set([portOf(offer)]));
    expectOneStream(gateway.heard);
    const heard = browser.heard.filter(({ payload }) => payload[0] === 0xa0);
    expect(heard.every((packet) => packet.payloadType === payloadType)).toBe(true);
    expectOneStream(heard);
    const stats = await session.stats();
    expect(stats.codec).toBe(codec);
    expect(stats.gateway).toMatchObject({ packetsLost: 0 });
    expect(stats.gateway.packetsOut).toBeGreaterThan(5);
    expect(stats.browser.packetsIn).toBeGreaterThan(5);
  });

  it('has the browser switch when the gateway chooses another codec, and audio passes both ways', async () => {
    const { browser, gateway, chosen } = await call({ codec: 'PCMU', browserFirst: 'opus' });
    expect(chosen).toEqual(['PCMU']);
    expect(gateway.heard.every((packet) => packet.payloadType === 0)).toBe(true);
    expect(browser.heard[browser.heard.length - 1]?.payloadType).toBe(0);
    expect(new Set(browser.heard.map(({ ssrc }) => ssrc)).size).toBe(1);
  });

  it('goes on without a gap when the gateway’s SSRC changes', async () => {
    const { browser, gateway, offer } = await call({ codec: 'PCMU' });
    const before = browser.heard.length;
    gateway.speak(offer, { codec: 'PCMU', ssrc: 2222, mark: 0xa1 });
    await vi.waitFor(() => expect(browser.heard.length).toBeGreaterThan(before + 10), until);
    expect(browser.heard.some(({ payload }) => payload[0] === 0xa1)).toBe(true);
    expectOneStream(browser.heard.filter(({ payload }) => payload[0] === 0xa0 || payload[0] === 0xa1));
  });

  it('sends digits as events on the audio’s own SSRC', async () => {
    const { session, gateway } = await call({ codec: 'PCMU' });
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
    const { session, gateway, offer } = await call({ codec: 'PCMU' });
    await vi.waitFor(() => expect(gateway.heardRtcp.length).toBeGreaterThan(0), until);
    const [report] = readReports(gateway.heardRtcp[0] ?? Buffer.alloc(0));
    expect(report?.ssrc).toBe(gateway.heard[0]?.ssrc);
    expect(report?.blocks).toMatchObject([{ ssrc: 1111, cumulativeLost: 0 }]);
    const block = {
      ssrc: report?.ssrc ?? 0,
      fractionLost: 0,
      cumulativeLost: 0,
      highestSequence: 1,
      jitter: 0,
      lastSenderReport: report?.sender ? ntpMiddle(report.sender) : 0,
      delaySinceLastSenderReport: 0,
    };
    gateway.send(writeCompound({ ssrc: 1111, sender: null, blocks: [block] }, 'gw'), offer, 'rtcp');
    await vi.waitFor(async () => {
      const stats = await session.stats();
      expect(stats.gateway.roundTripMs).toBeGreaterThan(0);
      expect(stats.browser.roundTripMs).toBeGreaterThan(0);
    }, until);
  });

  it('sends events in Opus’s clock where the gateway answered so', async () => {
    const { session, gateway, answer } = await call({ codec: 'opus', events: 48_000 });
    expect(answer.dtmfPayloadType).toBe(110);
    await session.sendDtmf('9', tones);
    const events = gateway.heard.filter(({ payloadType }) => payloadType === 110);
    expect(events[events.length - 1]?.payload.readUInt16BE(2)).toBe(80 * 48);
  });

  it('maps a payload type of the gateway’s own', async () => {
    const session = keep(relay.createSession({ callId: 'c', codecs: ['opus'] }));
    const browser = keep(new WeriftBrowser());
    const gateway = keep(await UdpGateway.open());
    const offer = await session.createGatewayOffer({ codecs: ['opus'] });
    await session.applyGatewayAnswer(gateway.description({ codec: 'opus', payloadType: 97 }));
    await browser.accept(await session.acceptBrowserOffer(await browser.offer()));
    browser.speak('opus', 0xb0);
    gateway.speak(offer, { codec: 'opus', ssrc: 5, mark: 0xa0, payloadType: 97 });
    await vi.waitFor(() => {
      expect(gateway.heard.some(({ payloadType }) => payloadType === 97)).toBe(true);
      expect(browser.heard.some(({ payload, payloadType }) => payload[0] === 0xa0 && payloadType === 111)).toBe(true);
    }, until);
  });

  it('follows the gateway to another address, to hold and back in renegotiations', async () => {
    const { session, gateway, browser } = await call({ codec: 'PCMU' });
    const other = keep(await UdpGateway.open());
    const answer = await session.answerGatewayOffer(other.description({ codec: 'PCMU' }));
    expect(answer).toContain('a=sendrecv');
    await vi.waitFor(() => expect(other.heard.length).toBeGreaterThan(3), until);
    gateway.speak(answer, { codec: 'PCMU', ssrc: 9, mark: 0xee });
    other.speak(answer, { codec: 'PCMU', ssrc: 10, mark: 0xa7 });
    await vi.waitFor(
      () => expect(browser.heard.filter(({ payload }) => payload[0] === 0xa7).length).toBeGreaterThan(5),
      until,
    );
    expect(await session.answerGatewayOffer(other.description({ codec: 'PCMU', direction: 'sendonly' }))).toContain(
      'a=recvonly',
    );
    const held = other.heard.length;
    const heardBefore = browser.heard.length;
    await vi.waitFor(() => expect(browser.heard.length).toBeGreaterThan(heardBefore + 10), until);
    expect(other.heard.length).toBeLessThan(held + 3);
    await session.answerGatewayOffer(other.description({ codec: 'PCMU' }));
    await vi.waitFor(() => expect(other.heard.length).toBeGreaterThan(held + 10), until);
  });

  it('brings the audio back on a new connection of the browser, with the gateway untouched', async () => {
    const { session, gateway } = await call({ codec: 'PCMU' });
    const reloaded = keep(new WeriftBrowser());
    await reloaded.accept(await session.acceptBrowserOffer(await reloaded.offer()));
    reloaded.speak('PCMU', 0xb0);
    const before = gateway.heard.length;
    await vi.waitFor(() => {
      expect(gateway.heard.length).toBeGreaterThan(before + 10);
      expect(reloaded.heard.length).toBeGreaterThan(10);
    }, until);
    expectOneStream(gateway.heard);
  });

  it('keeps the connection when the same one offers again', async () => {
    const { session, browser } = await call({ codec: 'PCMU' });
    const again = await session.acceptBrowserOffer(await browser.offer());
    const before = browser.heard.length;
    await browser.accept(again);
    await vi.waitFor(() => expect(browser.heard.length).toBeGreaterThan(before + 10), until);
    expect(await relay.holdings()).toMatchObject({ routers: 1, transports: 2 });
  });

  it('gets over the death of the worker by a new offer, with the gateway untouched', async () => {
    const { session, gateway } = await call({ codec: 'PCMU' });
    const lost = new Promise<void>((resolve) => session.once('workerLost', resolve));
    const [pid] = relay.workerPids();
    process.kill(pid ?? 0, 'SIGKILL');
    await lost;
    await vi.waitFor(() => expect(relay.workerPids()[0] ?? pid).not.toBe(pid), until);
    const reloaded = keep(new WeriftBrowser());
    await reloaded.accept(await session.acceptBrowserOffer(await reloaded.offer()));
    reloaded.speak('PCMU', 0xb0);
    const before = gateway.heard.length;
    await vi.waitFor(() => {
      expect(gateway.heard.length).toBeGreaterThan(before + 10);
      expect(reloaded.heard.length).toBeGreaterThan(10);
    }, until);
    expectOneStream(gateway.heard);
  });

  it('reaches a gateway over IPv6 and a browser at an announced address', async () => {
    const dual = keep(
      await MediasoupRelay.create(
        { logger },
        {
          listenAddress: '127.0.0.1',
          announcedAddress: '203.0.113.5',
          extraListenAddresses: [{ listenAddress: '::1', announcedAddress: null }],
          portRange: [41_200, 41_219],
          browserPort: 0,
          workers: 1,
        },
      ),
    );
    const session = keep(dual.createSession({ callId: 'c', codecs: ['PCMU'] }));
    const browser = keep(new WeriftBrowser());
    const gateway = keep(await UdpGateway.open('::1'));
    // The ports were taken on the first address when the browser's offer came.
    const answer = await session.acceptBrowserOffer(await browser.offer());
    expect(answer).toMatch(/^a=candidate:.* udp .* 203\.0\.113\.5 \d+ typ host/m);
    expect(answer).toMatch(/^a=candidate:.* tcp .* ::1 \d+ typ host/m);
    const offer = await session.createGatewayOffer({ codecs: ['PCMU'], toAddress: '::1' });
    expect(offer).toContain('c=IN IP6 ::1');
    expect(await session.createGatewayOffer({ codecs: ['PCMU'], toAddress: '192.0.2.1' })).toContain(
      'c=IN IP4 203.0.113.5',
    );
    const again = await session.createGatewayOffer({ codecs: ['PCMU'], toAddress: '::1' });
    await session.applyGatewayAnswer(gateway.description({ codec: 'PCMU' }));
    // Nobody routes the announced address here: the browser gets the real one.
    await browser.accept(answer.replaceAll('203.0.113.5', '127.0.0.1'));
    browser.speak('PCMU', 0xb0);
    gateway.speak(again, { codec: 'PCMU', ssrc: 1, mark: 0xa0 });
    await vi.waitFor(() => {
      expect(gateway.heard.length).toBeGreaterThan(3);
      expect(browser.heard.some(({ payload }) => payload[0] === 0xa0)).toBe(true);
    }, until);
  });

  it('lets all browsers of a worker in by one port, over UDP and TCP', async () => {
    const single = keep(
      await MediasoupRelay.create(
        { logger },
        {
          listenAddress: '127.0.0.1',
          announcedAddress: null,
          portRange: [41_130, 41_229],
          browserPort: 41_231,
          workers: 2,
        },
      ),
    );
    expect(single.workerPids()).toHaveLength(2);
    const offer = await keep(new WeriftBrowser()).offer();
    const ports: string[] = [];
    for (let count = 0; count < callsBeforeNextWorker + 2; count += 1) {
      const session = keep(single.createSession({ callId: 'c', codecs: ['PCMU'] }));
      const answer = await session.acceptBrowserOffer(offer);
      ports.push(
        [...answer.matchAll(/ (udp|tcp) \d+ \S+ (\d+) typ/g)].map(([, protocol, port]) => `${protocol} ${port}`).join(),
      );
    }
    // The second worker is taken when the first one is full.
    expect(ports).toEqual([
      ...new Array(callsBeforeNextWorker).fill('udp 41231,tcp 41231'),
      'udp 41232,tcp 41232',
      'udp 41232,tcp 41232',
    ]);
    await expect(
      MediasoupRelay.create(
        { logger },
        {
          listenAddress: '127.0.0.1',
          announcedAddress: null,
          portRange: [41_240, 41_249],
          browserPort: 41_231,
          workers: 1,
        },
      ),
    ).rejects.toThrow();
  });

  it('leaves nothing behind when 100 sessions are closed at any moment', async () => {
    const sdp = await keep(new WeriftBrowser()).offer();
    const gateway = keep(await UdpGateway.open());
    const settled = { done: 0, closed: 0, other: [] as unknown[] };
    const note = (work: Promise<unknown>): Promise<void> =>
      work.then(
        () => {
          settled.done += 1;
        },
        (error: unknown) => {
          const isClosed = error instanceof MediaError && error.code === 'closed';
          if (isClosed) settled.closed += 1;
          else settled.other.push(error);
        },
      );
    const one = async (turns: number): Promise<void> => {
      const session = relay.createSession({ callId: 'c', codecs: ['PCMU', 'opus'] });
      const work = [
        note(session.acceptBrowserOffer(sdp)),
        note(
          session.createGatewayOffer({ codecs: ['PCMU'] }).then(async () => {
            await session.applyGatewayAnswer(gateway.description({ codec: 'PCMU' }));
            await session.sendDtmf('12', tones);
          }),
        ),
        note(session.stats()),
      ];
      for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      await session.close();
      await session.close();
      await Promise.all(work);
    };
    for (let batch = 0; batch < 10; batch += 1) {
      await Promise.all(Array.from({ length: 10 }, (_, index) => one(batch * index * 3)));
    }
    expect(settled.other).toEqual([]);
    expect(settled.done).toBeGreaterThan(50);
    expect(settled.closed).toBeGreaterThan(50);
    expect(await relay.holdings()).toEqual({
      workers: 1,
      sessions: 0,
      routers: 0,
      transports: 0,
      rtpLegs: 0,
      gatewayPorts: 0,
    });
  });

  it('refuses what it cannot do by an error of its own', async () => {
    const session = keep(relay.createSession({ callId: 'c', codecs: ['G722'] }));
    const sdp = await keep(new WeriftBrowser()).offer();
    await expect(session.acceptBrowserOffer('v=0')).rejects.toMatchObject({ code: 'badOffer' });
    await expect(session.acceptBrowserOffer(sdp)).rejects.toMatchObject({ code: 'noCommonCodec' });
    await expect(session.createGatewayOffer({ codecs: ['PCMA'] })).rejects.toMatchObject({ code: 'noCommonCodec' });
    await session.createGatewayOffer({ codecs: ['G722'] });
    await expect(session.applyGatewayAnswer('nonsense')).rejects.toMatchObject({ code: 'badAnswer' });
    await expect(session.sendDtmf('1', tones)).rejects.toMatchObject({ code: 'noCommonCodec' });
    await session.close();
    await expect(session.createGatewayOffer({ codecs: ['G722'] })).rejects.toMatchObject({ code: 'closed' });
  });

  it('says when the first audio passed and the browser is connected', async () => {
    const session: MediaSession = keep(relay.createSession({ callId: 'c', codecs: ['PCMU'] }));
    const events: string[] = [];
    for (const name of ['browserConnected', 'firstAudioToGateway', 'firstAudioFromGateway'] as const) {
      session.on(name, () => events.push(name));
    }
    const browser = keep(new WeriftBrowser());
    const gateway = keep(await UdpGateway.open());
    const offer = await session.createGatewayOffer({ codecs: ['PCMU'] });
    await session.applyGatewayAnswer(gateway.description({ codec: 'PCMU' }));
    await browser.accept(await session.acceptBrowserOffer(await browser.offer()));
    browser.speak('PCMU', 0xb0);
    gateway.speak(offer, { codec: 'PCMU', ssrc: 5, mark: 0xa0 });
    await vi.waitFor(() => expect([...events].sort()).toHaveLength(3), until);
    expect([...events].sort()).toEqual(['browserConnected', 'firstAudioFromGateway', 'firstAudioToGateway']);
  });
});
