import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DtlsHandshakes } from '../dtls/index.ts';
import { RtpLegPool } from '../rtp-leg/index.ts';
import { readReports, writeCompound } from '../rtp-leg/streams/rtcpPacket.ts';
import { portOf, UdpGateway } from '../test-peers/index.ts';
import { rtp } from '../test-peers/rtpBuilder.ts';
import { LegToLegSession } from './LegToLegSession.ts';

const until = { timeout: 5000, interval: 5 };
const all = { codecs: ['opus', 'G722', 'PCMA', 'PCMU'] } as const;

describe('The audio between two gateways', () => {
  let legs: RtpLegPool;
  let dtls: DtlsHandshakes;
  let seed = 1;
  const opened: { close(): unknown }[] = [];
  const keep = <T extends { close(): unknown }>(one: T): T => {
    opened.push(one);
    return one;
  };
  const randomInt = (limit: number): number => {
    seed += 7919;
    return seed % limit;
  };

  beforeEach(async () => {
    dtls = new DtlsHandshakes({ logger: { warn() {} } });
    legs = await RtpLegPool.create(
      { logger: { warn() {}, error() {} }, randomInt },
      { addresses: ['127.0.0.1', '::1'], portRange: [44_600, 44_639], threads: 2, spares: 1 },
    );
  });
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one.close();
    expect(await legs.countLegs()).toBe(0);
    await legs.close();
    await dtls.close();
  });

  const trunkSession = (incomingOffer?: string) =>
    keep(
      new LegToLegSession(
        {
          legs,
          randomInt,
          dtls,
          randomBytes: (length) => Buffer.alloc(length, randomInt(256)),
          addresses: ['127.0.0.1', '::1'].map((listenAddress) => ({ listenAddress, announcedAddress: null })),
          resolveHost: async () => {
            throw new Error('no names here');
          },
          onClosed: () => {},
        },
        { callId: 'c', ...(incomingOffer === undefined ? {} : { incomingOffer }) },
      ),
    );

  /** Both have answered and speak: the caller's audio is 0xa0, the called one's 0xb0. */
  async function call(addresses: { caller?: string; called?: string } = {}) {
    const caller = keep(await UdpGateway.open(addresses.caller));
    const called = keep(await UdpGateway.open(addresses.called));
    const offer = caller.description({ codec: 'opus', payloadType: 97 });
    const session = trunkSession(offer);
    const firsts: string[] = [];
    session.on('firstAudio', ({ from }) => firsts.push(from));
    const toCalled = await session.outgoing.createGatewayOffer({ ...all, toAddress: called.address });
    await session.outgoing.applyGatewayAnswer(called.description({ codec: 'opus', payloadType: 121 }));
    const { sdp: toCaller, agreed } = await session.incoming.acceptGatewayOffer(offer, all);
    caller.speak(toCaller, { codec: 'opus', ssrc: 11, mark: 0xa0, payloadType: 97 });
    called.speak(toCalled, { codec: 'opus', ssrc: 22, mark: 0xb0, payloadType: 121 });
    await vi.waitFor(() => {
      expect(called.heard.length).toBeGreaterThan(3);
      expect(caller.heard.length).toBeGreaterThan(3);
    }, until);
    return { session, caller, called, toCaller, toCalled, agreed, firsts };
  }

  it('passes both ways unchanged, each under the payload type of its gateway', async () => {
    const { session, caller, called, agreed, firsts } = await call();
    expect(agreed).toEqual({ codec: 'opus', dtmfPayloadType: 101, direction: 'sendrecv' });
    expect(called.heard.every(({ payloadType, payload }) => payloadType === 121 && payload[0] === 0xa0)).toBe(true);
    expect(caller.heard.every(({ payloadType, payload }) => payloadType === 97 && payload[0] === 0xb0)).toBe(true);
    const places = called.heard.map(({ sequence }) => (sequence - (called.heard[0]?.sequence ?? 0)) & 0xffff);
    expect(places).toEqual(places.map((_, index) => index));
    expect(firsts.sort()).toEqual(['incoming', 'outgoing']);
    const stats = await session.stats();
    expect(stats.codec).toBe('opus');
    for (const side of [stats.incoming, stats.outgoing]) {
      expect(side).toMatchObject({ packetsLost: 0, isEncrypted: false });
      expect(side.packetsIn).toBeGreaterThan(3);
      expect(side.packetsOut).toBeGreaterThan(3);
      expect(side.mos).toBeGreaterThan(4);
    }
  });

  it('passes from IPv4 to IPv6 and back', async () => {
    const { toCaller, toCalled } = await call({ called: '::1' });
    expect(toCaller).toContain('c=IN IP4 127.0.0.1');
    expect(toCalled).toContain('c=IN IP6 ::1');
  });

  it('has digits pass as events both ways, in the audio’s stream', async () => {
    const { caller, called, toCaller, toCalled } = await call();
    const event = (ssrc: number, digit: number) =>
      rtp({ sequence: 5000, timestamp: 1, ssrc, payloadType: 101, payload: Uint8Array.of(digit, 10, 1, 64) });
    caller.send(event(11, 5), toCaller);
    called.send(event(22, 7), toCalled);
    const eventsOf = (gateway: UdpGateway) => gateway.heard.filter(({ payloadType }) => payloadType === 101);
    await vi.waitFor(() => {
      expect(eventsOf(called)[0]?.payload).toEqual(Buffer.of(5, 10, 1, 64));
      expect(eventsOf(caller)[0]?.payload).toEqual(Buffer.of(7, 10, 1, 64));
    }, until);
    expect(eventsOf(called)[0]?.ssrc).toBe(called.heard[0]?.ssrc);
  });

  it('sends digits of our own to either', async () => {
    const { session, called } = await call();
    await session.outgoing.sendDtmf('9', { durationMs: 80, gapMs: 40 });
    await vi.waitFor(() => expect(called.heard.some(({ payloadType }) => payloadType === 101)).toBe(true), until);
  });

  it('offers the called gateway no events that the caller doesn’t know, and tells the caller of none that it lacks', async () => {
    const caller = keep(await UdpGateway.open());
    const called = keep(await UdpGateway.open());
    const offer = caller.description({ codec: 'opus', events: 48_000 });
    const session = trunkSession(offer);
    const toCalled = await session.outgoing.createGatewayOffer(all);
    expect(toCalled).toContain('telephone-event/48000');
    expect(toCalled).not.toContain('telephone-event/8000');
    await session.outgoing.applyGatewayAnswer(called.description({ codec: 'opus', events: 8000 }));
    const { sdp, agreed } = await session.incoming.acceptGatewayOffer(offer, all);
    expect(agreed.dtmfPayloadType).toBeNull();
    expect(sdp).not.toContain('telephone-event');
  });

  it('translates reports, so that each gateway hears of its own stream', async () => {
    const { caller, called, toCaller } = await call();
    const sender = { ntpSeconds: 9, ntpFraction: 1, rtpTimestamp: 0, packets: 1, octets: 60 };
    caller.send(writeCompound({ ssrc: 11, sender, blocks: [] }, 'caller'), toCaller, 'rtcp');
    await vi.waitFor(() => expect(called.heardRtcp.length).toBeGreaterThan(0), until);
    const [report] = readReports(called.heardRtcp[0] ?? Buffer.alloc(0));
    expect(report).toMatchObject({ ssrc: called.heard[0]?.ssrc, sender: { ntpSeconds: 9 }, blocks: [{ ssrc: 22 }] });
  });

  it('encrypts for either gateway apart from the other', async () => {
    const caller = keep(await UdpGateway.open());
    const called = keep(await UdpGateway.open());
    const offer = caller.description({ codec: 'PCMU' });
    const session = trunkSession(offer);
    const toCalled = await session.outgoing.createGatewayOffer({ ...all, srtp: 'required' });
    const key = Buffer.alloc(30, 3).toString('base64');
    const answer = `${called.description({ codec: 'PCMU' }).replace('RTP/AVP', 'RTP/SAVP')}a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${key}\r\n`;
    await session.outgoing.applyGatewayAnswer(answer);
    const { sdp: toCaller } = await session.incoming.acceptGatewayOffer(offer, all);
    expect(toCalled).toContain('a=crypto');
    expect(toCaller).not.toContain('a=crypto');
    caller.speak(toCaller, { codec: 'PCMU', ssrc: 11, mark: 0xa0 });
    await vi.waitFor(() => expect(called.heard.length).toBeGreaterThan(3), until);
    expect(
      called.heard.every(({ payload }) => payload.length === 170 && !payload.includes(Buffer.alloc(8, 0xa0))),
    ).toBe(true);
    const stats = await session.stats();
    expect([stats.incoming.isEncrypted, stats.outgoing.isEncrypted]).toEqual([false, true]);
  });

  it('stays at the codec that the called gateway chose, also when a gateway renegotiates', async () => {
    const caller = keep(await UdpGateway.open());
    const called = keep(await UdpGateway.open());
    const offer = caller.description({ codec: 'PCMA' }).replace('RTP/AVP 8', 'RTP/AVP 8 0 9');
    const session = trunkSession(offer);
    const toCalled = await session.outgoing.createGatewayOffer(all);
    expect(toCalled).toMatch(/RTP\/AVP 9 8 0 101\r/);
    await session.outgoing.applyGatewayAnswer(called.description({ codec: 'PCMU' }));
    expect((await session.incoming.acceptGatewayOffer(offer, all)).agreed.codec).toBe('PCMU');
    expect(await session.incoming.answerGatewayOffer(offer)).toMatch(/RTP\/AVP 0 101\r/);
    expect(await session.outgoing.answerGatewayOffer(null)).toMatch(/RTP\/AVP 0 101\r/);
    await expect(session.outgoing.answerGatewayOffer(called.description({ codec: 'PCMA' }))).rejects.toMatchObject({
      code: 'noCommonCodec',
    });
    const held = called.description({ codec: 'PCMU', direction: 'sendonly' });
    expect(await session.outgoing.answerGatewayOffer(held)).toContain('a=recvonly');
  });

  it('follows a gateway that moves, without the other one’s knowing', async () => {
    const { session, called, caller, toCaller } = await call();
    const moved = keep(await UdpGateway.open());
    await session.outgoing.answerGatewayOffer(moved.description({ codec: 'opus', payloadType: 121 }));
    await vi.waitFor(() => expect(moved.heard.length).toBeGreaterThan(3), until);
    const before = caller.heard.length;
    moved.speak(await session.outgoing.answerGatewayOffer(moved.description({ codec: 'opus', payloadType: 121 })), {
      codec: 'opus',
      ssrc: 33,
      mark: 0xc0,
      payloadType: 121,
    });
    await vi.waitFor(() => expect(caller.heard.some(({ payload }) => payload[0] === 0xc0)).toBe(true), until);
    expect(caller.heard.length).toBeGreaterThan(before);
    expect(new Set(caller.heard.map(({ ssrc }) => ssrc)).size).toBe(1);
    expect(called.heard.length).toBeGreaterThan(0);
    expect(portOf(toCaller)).toBe(caller.heard[0]?.fromPort);
  });

  it('goes to the next gateway in a failover, with what the caller offered', async () => {
    const caller = keep(await UdpGateway.open());
    const second = keep(await UdpGateway.open());
    const offer = caller.description({ codec: 'PCMA' }).replace('RTP/AVP 8', 'RTP/AVP 8 0');
    const session = trunkSession(offer);
    const first = await session.outgoing.createGatewayOffer({ codecs: ['PCMA'] });
    const next = await session.outgoing.createGatewayOffer({ codecs: ['PCMU'], srtp: 'offered' });
    expect(portOf(next)).toBe(portOf(first));
    await session.outgoing.applyGatewayAnswer(second.description({ codec: 'PCMU' }));
    expect((await session.incoming.acceptGatewayOffer(offer, all)).agreed.codec).toBe('PCMU');
    await expect(session.outgoing.createGatewayOffer({ codecs: ['PCMA'] })).rejects.toMatchObject({
      code: 'noCommonCodec',
    });
  });

  it('offers the caller what the called gateway chose, where the caller made no offer', async () => {
    const called = keep(await UdpGateway.open());
    const session = trunkSession();
    await session.outgoing.createGatewayOffer(all);
    await session.outgoing.applyGatewayAnswer(called.description({ codec: 'G722' }));
    expect(await session.incoming.createGatewayOffer(all)).toMatch(/RTP\/AVP 9 101\r/);
  });

  it('is closed once and for all, and refuses what is no SDP', async () => {
    const session = trunkSession();
    await session.outgoing.createGatewayOffer(all);
    await Promise.all([session.close(), session.close()]);
    await expect(session.incoming.createGatewayOffer(all)).rejects.toMatchObject({ code: 'closed' });
    expect(() => trunkSession('INVITE')).toThrow(expect.objectContaining({ code: 'badOffer' }));
  });
});
