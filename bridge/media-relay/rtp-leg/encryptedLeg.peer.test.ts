import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type SrtpKey, SrtpReceiver, SrtpSender } from '../srtp/index.ts';
import { readRtp, rtp } from '../test-peers/rtpBuilder.ts';
import type { LegGateway } from './LegConfig.ts';
import { readReports, writeCompound } from './streams/rtcpPacket.ts';
import { RtpLegPool } from './threads/RtpLegPool.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function openSocket(): Promise<{ socket: Socket; heard: Buffer[]; port: number }> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  closing.push(() => new Promise<void>((resolve) => socket.close(() => resolve())));
  const heard: Buffer[] = [];
  socket.on('message', (packet) => heard.push(packet));
  return { socket, heard, port: socket.address().port };
}

const keyOf = (fill: number): SrtpKey => ({
  suite: 'AES_CM_128_HMAC_SHA1_80',
  masterKey: new Uint8Array(16).fill(fill),
  masterSalt: new Uint8Array(14).fill(fill),
  mkiLength: 0,
});
const until = { timeout: 3000, interval: 2 };

async function openCall(sourcePolicy: LegGateway['sourcePolicy'] = 'any') {
  const pool = await RtpLegPool.create(
    { logger: { warn() {}, error() {} }, randomInt: (limit) => Math.floor(limit / 3) },
    { addresses: ['127.0.0.1'], portRange: [44_500, 44_509], threads: 1, spares: 0 },
  );
  closing.push(() => pool.close());
  const leg = await pool.acquire('127.0.0.1');
  const [gateway, gatewayRtcp, mediasoup] = [await openSocket(), await openSocket(), await openSocket()];
  const [theirSender, theirReceiver] = [new SrtpSender(), new SrtpReceiver()];
  const address = '127.0.0.1';
  const common = { address, rtpPort: gateway.port, rtcpPort: gatewayRtcp.port, sourcePolicy, isSending: true };
  const agreeOn = async (ours: number, their: number) => {
    theirSender.setKey(keyOf(their));
    theirReceiver.setKey(keyOf(ours));
    leg.configure({ gateway: { ...common, srtp: { sending: keyOf(ours), receiving: keyOf(their) } } });
    await leg.statistics();
  };
  leg.configure({
    mediasoupPort: mediasoup.port,
    codecs: [{ mediasoupPayloadType: 0, gatewayPayloadTypes: [0], clockRate: 8000 }],
    sending: { mediasoupPayloadType: 0, gatewayPayloadType: 0, clockRate: 8000 },
    dtmf: { payloadType: 101, clockRate: 8000 },
  });
  await agreeOn(1, 2);
  return {
    leg,
    gateway,
    gatewayRtcp,
    mediasoup,
    theirSender,
    theirReceiver,
    agreeOn,
    toLeg: (packet: Buffer, from = gateway) => from.socket.send(packet, leg.binding.rtpPort, address),
    fromBrowser: (packet: Buffer) => mediasoup.socket.send(packet, leg.binding.loopbackPort, address),
    heardBy: (peer: { heard: Buffer[] }, count: number) =>
      vi.waitFor(() => expect(peer.heard.length).toBeGreaterThanOrEqual(count), until),
  };
}

const packet = (sequence: number, mark: number) =>
  rtp({ sequence, timestamp: sequence * 160, ssrc: 4, payload: Buffer.alloc(160, mark) });

describe('An RTP leg with keys', () => {
  it('encrypts audio, events and reports to the gateway, and opens its', async () => {
    const { leg, gateway, gatewayRtcp, mediasoup, theirSender, theirReceiver, toLeg, fromBrowser, heardBy } =
      await openCall();
    fromBrowser(packet(1, 0xb0));
    toLeg(theirSender.sealRtp(packet(1, 0xa0)));
    await heardBy(gateway, 1);
    await heardBy(mediasoup, 1);
    expect(gateway.heard[0]?.includes(Buffer.alloc(8, 0xb0))).toBe(false);
    const opened = theirReceiver.openRtp(gateway.heard[0] ?? Buffer.alloc(12));
    expect(opened && readRtp(opened).payload).toEqual(Buffer.alloc(160, 0xb0));
    expect(readRtp(mediasoup.heard[0] ?? Buffer.alloc(12)).payload).toEqual(Buffer.alloc(160, 0xa0));
    await leg.sendDtmf({ digits: '5', durationMs: 70, gapMs: 30 });
    await heardBy(gateway, 2);
    const event = theirReceiver.openRtp(gateway.heard[1] ?? Buffer.alloc(12));
    expect(event && readRtp(event)).toMatchObject({ payloadType: 101, payload: Buffer.from([5, 10, 0, 160]) });
    const sender = { ntpSeconds: 9, ntpFraction: 9, rtpTimestamp: 0, packets: 1, octets: 4 };
    fromBrowser(writeCompound({ ssrc: 4, sender, blocks: [] }, 'ms'));
    await heardBy(gatewayRtcp, 1);
    const report = theirReceiver.openRtcp(gatewayRtcp.heard[0] ?? Buffer.alloc(0));
    expect(report && readReports(report)).toMatchObject([{ sender: { octets: 160 + 6 * 4 }, blocks: [{ ssrc: 4 }] }]);
    const theirs = theirSender.sealRtcp(writeCompound({ ssrc: 4, sender, blocks: [] }, 'gw'));
    gatewayRtcp.socket.send(theirs, leg.binding.rtpPort + 1, '127.0.0.1');
    await heardBy(mediasoup, 2);
    expect(readReports(mediasoup.heard[1] ?? Buffer.alloc(0))).toMatchObject([{ ssrc: leg.binding.mediasoupSsrc }]);
    expect(await leg.statistics()).toMatchObject({ isEncrypted: true, packetsRejected: 0, packetsIn: 1 });
  });

  it('drops and counts what isn’t authentic or comes twice, and takes nobody for the gateway by it', async () => {
    const { leg, gateway, mediasoup, theirSender, toLeg, fromBrowser, heardBy } = await openCall();
    const stranger = await openSocket();
    for (let sequence = 1; sequence <= 8; sequence += 1) toLeg(packet(sequence, 0x66), stranger);
    const good = theirSender.sealRtp(packet(1, 0xa0));
    toLeg(good);
    toLeg(good);
    toLeg(packet(2, 0x66));
    toLeg(theirSender.sealRtp(packet(3, 0xa1)));
    await heardBy(mediasoup, 2);
    expect(mediasoup.heard.map((heard) => readRtp(heard).payload[0])).toEqual([0xa0, 0xa1]);
    expect(await leg.statistics()).toMatchObject({ packetsIn: 2, packetsRejected: 10 });
    fromBrowser(packet(1, 0xb0));
    await heardBy(gateway, 1);
    expect(stranger.heard).toHaveLength(0);
  });

  it('goes on with new keys inside the call', async () => {
    const { gateway, mediasoup, theirSender, theirReceiver, toLeg, fromBrowser, heardBy, agreeOn } = await openCall();
    for (const [turn, keys] of [
      [1, [1, 2]],
      [2, [1, 3]],
      [3, [4, 3]],
    ] as const) {
      await agreeOn(keys[0], keys[1]);
      fromBrowser(packet(turn, turn));
      toLeg(theirSender.sealRtp(packet(turn, turn + 100)));
      await heardBy(gateway, turn);
      await heardBy(mediasoup, turn);
      const opened = theirReceiver.openRtp(gateway.heard[turn - 1] ?? Buffer.alloc(12));
      expect(opened && readRtp(opened).payload[0]).toBe(turn);
    }
    expect(mediasoup.heard.map((heard) => readRtp(heard).payload[0])).toEqual([101, 102, 103]);
  });
});
