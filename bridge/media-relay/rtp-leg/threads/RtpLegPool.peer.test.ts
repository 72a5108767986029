import { createSocket, type Socket } from 'node:dgram';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readRtp, rtp } from '../../test-peers/rtpBuilder.ts';
import type { LegConfig } from '../LegConfig.ts';
import { readReports, writeCompound } from '../streams/rtcpPacket.ts';
import { LegThreadLink } from './LegThreadLink.ts';
import type { RtpLegHandle } from './RtpLegHandle.ts';
import { PortsExhaustedError, RtpLegPool } from './RtpLegPool.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

let lastRandom = 1000;
function randomInt(): number {
  lastRandom += 7;
  return lastRandom;
}

async function openPool(options: { ports?: [number, number]; addresses?: string[]; warnings?: object[] } = {}) {
  const logger = { warn: (fields: object) => options.warnings?.push(fields), error() {} };
  const pool = await RtpLegPool.create(
    // Distinct and small, so that a mix-up shows.
    { logger, randomInt },
    {
      addresses: options.addresses ?? ['127.0.0.1'],
      portRange: options.ports ?? [44_000, 44_099],
      threads: 1,
      spares: 2,
    },
  );
  closing.push(() => pool.close());
  return pool;
}

async function openSocket(address = '127.0.0.1', port = 0) {
  const socket: Socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, address, () => resolve());
  });
  closing.push(() => new Promise<void>((resolve) => socket.close(() => resolve())));
  const heard: Buffer[] = [];
  socket.on('message', (packet) => heard.push(packet));
  return { socket, heard, port: socket.address().port };
}

type Peer = Awaited<ReturnType<typeof openSocket>>;

async function openCall(
  options: { pool?: RtpLegPool; address?: string; policy?: 'negotiated' | 'sameAddress' | 'any' } = {},
) {
  const address = options.address ?? '127.0.0.1';
  const pool = options.pool ?? (await openPool());
  const leg = await pool.acquire(address);
  const gateway = await openSocket(address);
  const gatewayRtcp = await openSocket(address);
  const mediasoup = await openSocket();
  const config: Partial<LegConfig> = {
    mediasoupPort: mediasoup.port,
    gateway: {
      address,
      rtpPort: gateway.port,
      rtcpPort: gatewayRtcp.port,
      sourcePolicy: options.policy ?? 'sameAddress',
      isSending: true,
      srtp: null,
    },
    codecs: [{ mediasoupPayloadType: 111, gatewayPayloadTypes: [96], clockRate: 48_000 }],
    sending: { mediasoupPayloadType: 111, gatewayPayloadType: 96, clockRate: 48_000 },
    dtmf: { payloadType: 101, clockRate: 8000 },
  };
  leg.configure(config);
  // The thread takes commands in order: once it answers, the configuration is in force.
  await leg.statistics();
  const toLeg = (from: Peer, packet: Buffer) => from.socket.send(packet, leg.binding.rtpPort, address);
  const fromBrowser = (packet: Buffer) => mediasoup.socket.send(packet, leg.binding.loopbackPort, '127.0.0.1');
  return { pool, leg, gateway, gatewayRtcp, mediasoup, toLeg, fromBrowser, config };
}

const heardBy = (peer: Peer, count: number) =>
  vi.waitFor(() => expect(peer.heard.length).toBeGreaterThanOrEqual(count), { timeout: 3000, interval: 2 });

describe('An RTP leg', () => {
  it('maps payload types both ways, strips extensions and keeps the payload', async () => {
    const { leg, gateway, mediasoup, toLeg, fromBrowser } = await openCall();
    const payload = Uint8Array.of(9, 8, 7);
    fromBrowser(rtp({ sequence: 5, timestamp: 960, ssrc: 1, payloadType: 111, payload, extensionWords: 2 }));
    await heardBy(gateway, 1);
    const out = readRtp(gateway.heard[0] ?? Buffer.alloc(12));
    expect(out).toMatchObject({ payloadType: 96, hasExtension: false, payload: Buffer.from(payload) });
    toLeg(gateway, rtp({ sequence: 5, timestamp: 960, ssrc: 2, payloadType: 96, payload }));
    await heardBy(mediasoup, 1);
    expect(readRtp(mediasoup.heard[0] ?? Buffer.alloc(12))).toMatchObject({
      payloadType: 111,
      ssrc: leg.binding.mediasoupSsrc,
      payload: Buffer.from(payload),
    });
    expect(await leg.statistics()).toMatchObject({ packetsIn: 1, packetsOut: 1, packetsLost: 0 });
  });

  it('says once when the first packet of each direction passed', async () => {
    const { leg, gateway, mediasoup, toLeg, fromBrowser } = await openCall();
    const first: string[] = [];
    leg.on('firstAudio', (direction) => first.push(direction));
    for (const sequence of [1, 2]) {
      fromBrowser(rtp({ sequence, timestamp: 0, ssrc: 1, payloadType: 111 }));
      toLeg(gateway, rtp({ sequence, timestamp: 0, ssrc: 2, payloadType: 96 }));
    }
    await heardBy(gateway, 2);
    await heardBy(mediasoup, 2);
    await leg.statistics();
    expect(first.sort()).toEqual(['fromGateway', 'toGateway']);
  });

  it('drops what is not of the call: other payload types, broken packets', async () => {
    const { leg, gateway, mediasoup, toLeg } = await openCall();
    toLeg(gateway, Buffer.from([1]));
    toLeg(gateway, Buffer.from('INVITE sip:x SIP/2.0'));
    toLeg(gateway, rtp({ sequence: 1, timestamp: 0, ssrc: 2, payloadType: 13 }));
    toLeg(gateway, rtp({ sequence: 2, timestamp: 0, ssrc: 2, payloadType: 96 }));
    await heardBy(mediasoup, 1);
    expect(mediasoup.heard).toHaveLength(1);
    expect(await leg.statistics()).toMatchObject({ packetsIn: 1 });
  });

  it('follows a gateway that sends from another port of its address', async () => {
    const { gateway, toLeg, fromBrowser, mediasoup } = await openCall();
    const symmetric = await openSocket();
    for (let sequence = 1; sequence <= 6; sequence += 1) {
      toLeg(symmetric, rtp({ sequence, timestamp: 0, ssrc: 2, payloadType: 96 }));
    }
    await heardBy(mediasoup, 5);
    fromBrowser(rtp({ sequence: 1, timestamp: 0, ssrc: 1, payloadType: 111 }));
    await heardBy(symmetric, 1);
    expect(gateway.heard).toHaveLength(0);
  });

  it('takes nothing from another port where only the negotiated one is admitted', async () => {
    const { gateway, toLeg, mediasoup } = await openCall({ policy: 'negotiated' });
    const stranger = await openSocket();
    for (let sequence = 1; sequence <= 6; sequence += 1) {
      toLeg(stranger, rtp({ sequence, timestamp: 0, ssrc: 2, payloadType: 96, payload: Uint8Array.of(66) }));
    }
    toLeg(gateway, rtp({ sequence: 1, timestamp: 0, ssrc: 3, payloadType: 96, payload: Uint8Array.of(1) }));
    await heardBy(mediasoup, 1);
    expect(mediasoup.heard.map((packet) => readRtp(packet).payload[0])).toEqual([1]);
  });

  it('takes nothing from a stranger once the gateway was heard', async () => {
    const { gateway, toLeg, mediasoup } = await openCall();
    toLeg(gateway, rtp({ sequence: 1, timestamp: 0, ssrc: 3, payloadType: 96, payload: Uint8Array.of(1) }));
    await heardBy(mediasoup, 1);
    const stranger = await openSocket();
    for (let sequence = 1; sequence <= 6; sequence += 1) {
      toLeg(stranger, rtp({ sequence, timestamp: 0, ssrc: 2, payloadType: 96, payload: Uint8Array.of(66) }));
    }
    toLeg(gateway, rtp({ sequence: 2, timestamp: 960, ssrc: 3, payloadType: 96, payload: Uint8Array.of(2) }));
    await heardBy(mediasoup, 2);
    expect(mediasoup.heard.map((packet) => readRtp(packet).payload[0])).toEqual([1, 2]);
  });

  it('goes on with another end of mediasoup, from the same port and in the same stream', async () => {
    const { leg, gateway, toLeg, fromBrowser, mediasoup } = await openCall();
    fromBrowser(rtp({ sequence: 5, timestamp: 0, ssrc: 1, payloadType: 111 }));
    toLeg(gateway, rtp({ sequence: 1, timestamp: 0, ssrc: 2, payloadType: 96 }));
    await heardBy(mediasoup, 1);
    await heardBy(gateway, 1);
    const next = await openSocket();
    leg.configure({ mediasoupPort: null });
    leg.configure({ mediasoupPort: next.port, primer: { payloadType: 0, payload: Uint8Array.of(255) } });
    await heardBy(next, 1);
    toLeg(gateway, rtp({ sequence: 2, timestamp: 960, ssrc: 2, payloadType: 96 }));
    await heardBy(next, 2);
    const sequences = [...mediasoup.heard, ...next.heard].map((packet) => readRtp(packet).sequence);
    expect(sequences.map((sequence) => sequence - (sequences[0] ?? 0))).toEqual([0, 1, 2]);
    next.socket.send(rtp({ sequence: 900, timestamp: 0, ssrc: 77, payloadType: 111 }), leg.binding.loopbackPort);
    await heardBy(gateway, 2);
    const [before, after] = gateway.heard.map((packet) => readRtp(packet));
    expect(after?.ssrc).toBe(before?.ssrc);
    expect(after?.sequence).toBe((before?.sequence ?? 0) + 1);
  });

  it('passes RTCP both ways', async () => {
    const { leg, gateway, gatewayRtcp, toLeg, fromBrowser, mediasoup } = await openCall();
    fromBrowser(rtp({ sequence: 5, timestamp: 0, ssrc: 1, payloadType: 111 }));
    toLeg(gateway, rtp({ sequence: 1, timestamp: 0, ssrc: 2, payloadType: 96 }));
    await heardBy(gateway, 1);
    await heardBy(mediasoup, 1);
    const sender = { ntpSeconds: 9, ntpFraction: 9, rtpTimestamp: 0, packets: 1, octets: 4 };
    fromBrowser(writeCompound({ ssrc: 1, sender, blocks: [] }, 'ms'));
    await heardBy(gatewayRtcp, 1);
    const [toGateway] = readReports(gatewayRtcp.heard[0] ?? Buffer.alloc(0));
    expect(toGateway).toMatchObject({ sender: { packets: 1, octets: 4 }, blocks: [{ ssrc: 2 }] });
    const packet = writeCompound({ ssrc: 2, sender, blocks: [] }, 'gw');
    gatewayRtcp.socket.send(packet, leg.binding.rtpPort + 1, '127.0.0.1');
    await heardBy(mediasoup, 2);
    const [toBrowser] = readReports(mediasoup.heard[1] ?? Buffer.alloc(0));
    expect(toBrowser?.ssrc).toBe(leg.binding.mediasoupSsrc);
  });

  it('sends digits, and refuses them when it is closed', async () => {
    const { leg, gateway } = await openCall();
    expect(await leg.sendDtmf({ digits: '7', durationMs: 70, gapMs: 30 })).toBe(true);
    await heardBy(gateway, 6);
    expect(readRtp(gateway.heard[0] ?? Buffer.alloc(12))).toMatchObject({ payloadType: 101, marker: true });
    const pending = leg.sendDtmf({ digits: '77777', durationMs: 500, gapMs: 30 });
    await leg.close();
    expect(await pending).toBe(false);
  });

  it('works over IPv6 and moves from one family to the other', async () => {
    const pool = await openPool({ addresses: ['127.0.0.1', '::1'] });
    const { leg, gateway, fromBrowser } = await openCall({ pool, address: '::1' });
    fromBrowser(rtp({ sequence: 5, timestamp: 0, ssrc: 1, payloadType: 111 }));
    await heardBy(gateway, 1);
    await pool.move(leg, '127.0.0.1');
    expect(leg.binding.address).toBe('127.0.0.1');
    const other = await openSocket();
    const rtcpPort = other.port;
    const address = '127.0.0.1';
    const gatewayThere = {
      address,
      rtpPort: other.port,
      rtcpPort,
      sourcePolicy: 'negotiated',
      isSending: true,
    } as const;
    leg.configure({ gateway: { ...gatewayThere, srtp: null } });
    await leg.statistics();
    fromBrowser(rtp({ sequence: 6, timestamp: 960, ssrc: 1, payloadType: 111 }));
    await heardBy(other, 1);
    expect(await pool.countLegs()).toBe(1);
  });
});

describe('The pool of RTP legs', () => {
  const closeAll = (legs: readonly RtpLegHandle[]) => Promise.all(legs.map((leg) => leg.close()));

  it('hands out pairs of an even and an odd port, none twice, until the range is used up', async () => {
    const pool = await openPool({ ports: [44_201, 44_211] });
    const legs = await Promise.all([1, 2, 3, 4, 5].map(() => pool.acquire('127.0.0.1')));
    expect(legs.map((leg) => leg.binding.rtpPort).sort()).toEqual([44_202, 44_204, 44_206, 44_208, 44_210]);
    await expect(pool.acquire('127.0.0.1')).rejects.toThrow(PortsExhaustedError);
    await legs[2]?.close();
    expect((await pool.acquire('127.0.0.1')).binding.rtpPort).toBe(legs[2]?.binding.rtpPort);
    await closeAll(legs);
    expect(await pool.countLegs()).toBe(1);
  });

  it('keeps no more spare legs than it was told to, after many calls at once', async () => {
    const pool = await openPool({ ports: [44_500, 44_531] });
    const legs = await Promise.all([1, 2, 3, 4, 5, 6].map(() => pool.acquire('127.0.0.1')));
    await closeAll(legs);
    expect(await pool.countLegs()).toBe(0);
    const rtpPorts = Array.from({ length: 16 }, (_, index) => 44_500 + 2 * index);
    const bound = await Promise.allSettled(rtpPorts.map((port) => openSocket('127.0.0.1', port)));
    expect(bound.filter(({ status }) => status === 'rejected')).toHaveLength(2);
  });

  it('passes over ports that another program has', async () => {
    await openSocket('127.0.0.1', 44_303);
    const warnings: object[] = [];
    const pool = await openPool({ ports: [44_300, 44_307], warnings });
    const legs = await Promise.all([1, 2, 3].map(() => pool.acquire('127.0.0.1')));
    expect(legs.map((leg) => leg.binding.rtpPort).sort()).toEqual([44_300, 44_304, 44_306]);
    expect(warnings).toContainEqual({ rtpPort: 44_302, code: 'EADDRINUSE' });
  });

  it('says at the start when an address is not of this machine', async () => {
    await expect(openPool({ addresses: ['192.0.2.77'] })).rejects.toThrow('192.0.2.77');
  });

  it('carries calls over the death of a thread', async () => {
    const links: LegThreadLink[] = [];
    const send = LegThreadLink.prototype.send;
    vi.spyOn(LegThreadLink.prototype, 'send').mockImplementation(function (this: LegThreadLink, command) {
      if (!links.includes(this)) links.push(this);
      send.call(this, command);
    });
    const { leg, gateway, fromBrowser, toLeg, mediasoup } = await openCall();
    // A command that is none: the thread ends by the exception.
    send.call(links[0] as LegThreadLink, null as never);
    await vi.waitFor(
      () => {
        fromBrowser(rtp({ sequence: 5, timestamp: 0, ssrc: 1, payloadType: 111 }));
        toLeg(gateway, rtp({ sequence: 1, timestamp: 0, ssrc: 2, payloadType: 96 }));
        expect(gateway.heard.length).toBeGreaterThan(0);
        expect(mediasoup.heard.length).toBeGreaterThan(0);
      },
      { timeout: 5000, interval: 20 },
    );
    expect(await leg.statistics()).not.toBeNull();
  });
});
