import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadSounds } from '../sounds/index.ts';
import { expectOneStream, hasWorker, RelayBench, until } from './testing/RelayBench.ts';

describe.skipIf(!hasWorker)('A call on hold, with a WebRTC peer and a gateway', { timeout: 30_000 }, () => {
  let bench: RelayBench;

  beforeAll(async () => {
    bench = await RelayBench.open([41_300, 41_319]);
  });
  afterAll(() => bench.close());
  afterEach(() => bench.clear());

  it('lets neither side hear the other while the gate is closed, and goes on in the same streams', async () => {
    const { session, browser, gateway, offer } = await bench.call({ codec: 'PCMU' });
    session.setGate(false);
    // The leg has heard of the gate before it says what it counted.
    const { packetsIn } = (await session.stats()).gateway;
    const heardBefore = gateway.heard.length;
    const browserHeard = browser.heard.length;
    browser.speak('PCMU', 0xb1);
    gateway.speak(offer, { codec: 'PCMU', ssrc: 1111, mark: 0xa1 });
    await vi.waitFor(async () => {
      expect((await session.stats()).gateway.packetsIn).toBeGreaterThan(packetsIn + 10);
      expect((await session.stats()).browser.packetsIn).toBeGreaterThan(20);
    }, until);
    // The gateway is sent silence, so that it doesn't take the call for dead.
    const between = gateway.heard.slice(heardBefore);
    expect(between.length).toBeGreaterThan(10);
    expect(between.every(({ payload }) => payload.every((byte) => byte === 0xff))).toBe(true);
    // One packet may have been on its way.
    expect(browser.heard.length).toBeLessThanOrEqual(browserHeard + 1);
    expect(browser.heard.some(({ payload }) => payload[0] === 0xa1)).toBe(false);
    session.setGate(true);
    await vi.waitFor(() => {
      expect(gateway.heard.filter(({ payload }) => payload[0] === 0xb1).length).toBeGreaterThan(5);
      expect(browser.heard.filter(({ payload }) => payload[0] === 0xa1).length).toBeGreaterThan(5);
    }, until);
    expectOneStream(gateway.heard);
    expectOneStream(browser.heard.filter(({ payload }) => payload[0] !== 0xff));
  });

  it('says which way the gateway wants audio when it changes that', async () => {
    const { session, gateway } = await bench.call({ codec: 'PCMU' });
    const directions: string[] = [];
    session.on('gatewayDirectionChanged', (direction) => directions.push(direction));
    const description = (direction: string) => gateway.description({ codec: 'PCMU', direction });
    expect(await session.answerGatewayOffer(description('sendonly'))).toContain('a=recvonly');
    expect(await session.reofferGateway({ direction: 'sendonly' })).toContain('a=sendonly');
    await session.applyGatewayAnswer(description('inactive'));
    expect(await session.answerGatewayOffer(description('sendrecv'))).toContain('a=sendonly');
    expect(directions).toEqual(['sendonly', 'sendrecv']);
  });

  it.each(['PCMU', 'opus'] as const)('plays music in %s, in one stream with the browser’s audio', async (codec) => {
    const { session, gateway } = await bench.call({ codec });
    const sounds = await loadSounds(null);
    const frames = (sounds.get(`music/${codec}`) ?? []).map((frame) => Buffer.from(frame).toString('hex'));
    const before = gateway.heard.length;
    session.play('music');
    await vi.waitFor(() => expect(gateway.heard.length).toBeGreaterThan(before + 40), until);
    const music = gateway.heard.filter(({ payload }) => payload[0] !== 0xb0);
    expect(music.map(({ payload }) => payload.toString('hex'))).toEqual(frames.slice(0, music.length));
    expect(music.map(({ marker }) => marker)).toEqual(music.map((_, index) => index === 0));
    session.play(null);
    await vi.waitFor(
      () => expect(gateway.heard.slice(-5).every(({ payload }) => payload[0] === 0xb0)).toBe(true),
      until,
    );
    expectOneStream(gateway.heard);
    const frameTicks = codec === 'opus' ? 960 : 160;
    const steps = gateway.heard
      .slice(1)
      .map(({ timestamp }, index) => (timestamp - (gateway.heard[index]?.timestamp ?? 0)) | 0);
    expect(steps.every((step) => step > 0 && step % frameTicks === 0)).toBe(true);
  });

  it('sends digits on hold, in the music’s stream', async () => {
    const { session, gateway } = await bench.call({ codec: 'PCMU' });
    session.setGate(false);
    session.play('ringback');
    await session.sendDtmf('15', { durationMs: 80, gapMs: 60 });
    const after = gateway.heard.length;
    await vi.waitFor(() => expect(gateway.heard.length).toBeGreaterThan(after + 5), until);
    const digits = gateway.heard.filter(({ payloadType, marker }) => payloadType === 101 && marker);
    expect(digits.map(({ payload }) => payload[0])).toEqual([1, 5]);
    expect(gateway.heard.slice(after).every(({ payloadType }) => payloadType === 0)).toBe(true);
    expectOneStream(gateway.heard);
  });

  it('is sent silence when the browser’s audio ends, until it comes again', async () => {
    const { session, browser, gateway } = await bench.call({ codec: 'PCMU' });
    browser.fallSilent();
    const isSilence = ({ payload }: { payload: Buffer }) => payload.every((byte) => byte === 0xff);
    await vi.waitFor(() => expect(gateway.heard.slice(-5).every(isSilence)).toBe(true), until);
    // Another change of the call doesn't interrupt it.
    session.setGate(true);
    const { length } = gateway.heard;
    await vi.waitFor(() => expect(gateway.heard.length).toBeGreaterThan(length + 5), until);
    expect(gateway.heard.slice(length).every(isSilence)).toBe(true);
    browser.speak('PCMU', 0xb2);
    await vi.waitFor(
      () => expect(gateway.heard.slice(-5).every(({ payload }) => payload[0] === 0xb2)).toBe(true),
      until,
    );
    expectOneStream(gateway.heard);
  });
});
