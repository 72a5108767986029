import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { rtp } from '../test-peers/rtpBuilder.ts';
import { expectOneStream, hasWorker, RelayBench, until } from './testing/RelayBench.ts';

describe.skipIf(!hasWorker)('Two calls that are joined', { timeout: 30_000 }, () => {
  let bench: RelayBench;

  beforeAll(async () => {
    bench = await RelayBench.open([41_340, 41_369]);
  });
  afterAll(() => bench.close());
  afterEach(() => bench.clear());

  it.each(['PCMU', 'opus'] as const)('have their gateways hear each other in %s, without a browser', async (codec) => {
    const one = await bench.call({ codec });
    const other = await bench.call({ codec });
    // As in a transfer: one is on hold.
    one.session.setGate(false);
    one.session.play('music');
    await bench.relay.join(one.session, other.session);
    expect(await bench.relay.holdings()).toMatchObject({ sessions: 2, routers: 0, transports: 0, rtpLegs: 2 });
    one.gateway.speak(one.offer, { codec, ssrc: 1111, mark: 0xa5 });
    other.gateway.speak(other.offer, { codec, ssrc: 2222, mark: 0xa6 });
    await vi.waitFor(() => {
      expect(one.gateway.heard.slice(-5).every(({ payload }) => payload[0] === 0xa6)).toBe(true);
      expect(other.gateway.heard.slice(-5).every(({ payload }) => payload[0] === 0xa5)).toBe(true);
    }, until);
    expectOneStream(one.gateway.heard);
    expectOneStream(other.gateway.heard);
    await expect(one.session.acceptBrowserOffer(await one.browser.offer())).rejects.toMatchObject({ code: 'closed' });
  });

  it.each([
    [8000, 8000, 640],
    [8000, 48_000, 3840],
    [48_000, 8000, 107],
  ])('pass key tones of %i Hz on as events of %i Hz', async (fromRate, toRate, ticks) => {
    const one = await bench.call({ codec: 'opus', events: fromRate });
    const other = await bench.call({ codec: 'opus', events: toRate });
    await bench.relay.join(one.session, other.session);
    const payload = Buffer.from([5, 0x8a, 0x02, 0x80]);
    const event = rtp({
      sequence: 9000,
      timestamp: 1,
      ssrc: 1111,
      payloadType: fromRate === 8000 ? 101 : 110,
      payload,
    });
    one.gateway.send(event, one.offer);
    const payloadType = toRate === 8000 ? 101 : 110;
    const heard = () => other.gateway.heard.find((packet) => packet.payloadType === payloadType);
    await vi.waitFor(() => expect(heard()).toBeDefined(), until);
    expect(heard()?.payload.subarray(0, 2)).toEqual(payload.subarray(0, 2));
    expect(heard()?.payload.readUInt16BE(2)).toBe(ticks);
    // Nothing of it comes back.
    expect(one.gateway.heard.some(({ payloadType: type }) => type === 101 || type === 110)).toBe(false);
  });

  it('leave the other one in silence when one is over', async () => {
    const one = await bench.call({ codec: 'PCMU' });
    const other = await bench.call({ codec: 'PCMU' });
    await bench.relay.join(one.session, other.session);
    await one.session.close();
    await vi.waitFor(
      () =>
        expect(other.gateway.heard.slice(-5).every(({ payload }) => payload.every((byte) => byte === 0xff))).toBe(true),
      until,
    );
    expectOneStream(other.gateway.heard);
  });

  it('stay at the codec that both speak', async () => {
    const one = await bench.call({ codec: 'PCMU' });
    const other = await bench.call({ codec: 'opus' });
    await expect(bench.relay.join(one.session, other.session)).rejects.toMatchObject({ code: 'noCommonCodec' });
    expect(await bench.relay.holdings()).toMatchObject({ routers: 2 });
    expect(await other.session.reofferGateway({ direction: 'sendrecv', codecs: ['PCMU'] })).toMatch(/RTP\/AVP 0 101\r/);
    await other.session.applyGatewayAnswer(other.gateway.description({ codec: 'PCMU' }));
    await bench.relay.join(one.session, other.session);
    await expect(other.session.answerGatewayOffer(other.gateway.description({ codec: 'opus' }))).rejects.toMatchObject({
      code: 'noCommonCodec',
    });
  });

  it('are joined with no third one, nor when one is over', async () => {
    const [one, other, third] = [
      await bench.call({ codec: 'PCMU' }),
      await bench.call({ codec: 'PCMU' }),
      await bench.call({ codec: 'PCMU' }),
    ];
    await bench.relay.join(one.session, other.session);
    await expect(bench.relay.join(third.session, other.session)).rejects.toMatchObject({ code: 'closed' });
    await expect(bench.relay.join(third.session, third.session)).rejects.toMatchObject({ code: 'closed' });
    await one.session.close();
    await expect(bench.relay.join(third.session, one.session)).rejects.toMatchObject({ code: 'closed' });
  });
});
