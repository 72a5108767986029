import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { alice } from '../fixtures/index.ts';
import { ProtocolClient } from '../fixtures/ProtocolClient.ts';
import { type BenchSetting, delayNumber } from './BenchSetting.ts';
import { SecurePeer } from './relay-delay/SecurePeer.ts';
import { WireClock } from './relay-delay/WireClock.ts';
import { median } from './statistics.ts';

export interface RelayDelayFigures {
  readonly towardsSipMs: number;
  readonly backMs: number;
}

/** Of packets that this process sends at one end of a call and gets at the other; medians, from wire to wire. */
export async function measureRelayDelay(setting: BenchSetting, packets: number): Promise<RelayDelayFigures> {
  const { delayGateway } = setting;
  const clock = new WireClock(new Set([delayGateway.sip, delayGateway.rtp]));
  const client = await ProtocolClient.signIn(setting.bridge.url, alice);
  const peer = await SecurePeer.create();
  const callId = randomUUID();
  try {
    const dialled = await client.request('call:dial', { callId, destination: delayNumber, offer: peer.offer });
    if (!dialled.ok) throw new Error(dialled.error.message);
    const { answer } = dialled.data as { answer: string };
    await Promise.all([peer.accept(answer), client.waitForStatus(callId, ({ state }) => state === 'established')]);
    return await exchange({ peer, clock, setting, packets });
  } finally {
    await client.request('call:hangUp', { callId });
    clock.close();
    client.close();
    await peer.close();
  }
}

/** Each payload carries its number, which both ends can read, whatever the bridge makes of the headers. */
async function exchange(parts: { peer: SecurePeer; clock: WireClock; setting: BenchSetting; packets: number }) {
  const { peer, clock, setting, packets } = parts;
  const { rtp, target } = setting.delayGateway;
  if (!target) throw new Error('the gateway got no call');
  const [towardsSip, back]: [number[], number[]] = [[], []];
  const leftGateway = new Map<number, number>();
  rtp.on('message', (packet) => {
    const at = performance.now();
    const sentAt = clock.sent.get(packet.readUInt32BE(12));
    if (sentAt !== undefined) towardsSip.push(at - sentAt);
  });
  peer.onRtp(({ header, payload }) => {
    const [left, came] = [leftGateway.get(payload.readUInt32BE(0)), clock.received.get(header.sequenceNumber)];
    if (left !== undefined && came !== undefined) back.push(came - left);
  });
  const toBridge = Buffer.alloc(172, 0x55);
  toBridge.writeUInt8(0x80, 0);
  toBridge.writeUInt8(0, 1);
  toBridge.writeUInt32BE(4_242, 8);
  for (let number = 1; number <= packets; number += 1) {
    const payload = Buffer.alloc(160, 0x55);
    payload.writeUInt32BE(number, 0);
    await peer.send(number, payload);
    // Half-way to the next, so that the two directions don't meet.
    await delay(10);
    toBridge.writeUInt16BE(number, 2);
    toBridge.writeUInt32BE(number * 160, 4);
    toBridge.writeUInt32BE(number, 12);
    leftGateway.set(number, performance.now());
    rtp.send(toBridge, target.port, target.host);
    await delay(10);
  }
  if (towardsSip.length < packets / 2 || back.length < packets / 2) {
    throw new Error(`only ${towardsSip.length} and ${back.length} of ${packets} packets came through`);
  }
  // The first ones found the bridge still setting up.
  return { towardsSipMs: median(towardsSip.slice(20)), backMs: median(back.slice(20)) };
}
