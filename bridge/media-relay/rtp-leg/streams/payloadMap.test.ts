import { describe, expect, it } from 'vitest';
import { rtp } from '../../test-peers/rtpBuilder.ts';
import { emptyLegConfig } from '../LegConfig.ts';
import { payloadMap, scaleDuration } from './payloadMap.ts';

const event = (ticks: number) =>
  rtp({ sequence: 1, timestamp: 1, ssrc: 1, payload: Uint8Array.of(5, 0x0a, ticks >> 8, ticks & 0xff) });

describe('Events that pass', () => {
  it('in another clock go out by a number, and none comes in by it', () => {
    const { inbound, outbound, durationFactors } = payloadMap({
      ...emptyLegConfig,
      sending: { mediasoupPayloadType: 111, gatewayPayloadType: 97, clockRate: 48_000 },
      passedEvents: [
        { mediasoupPayloadType: 101, gatewayPayloadType: 96 },
        { mediasoupPayloadType: 110, gatewayPayloadType: 96, durationFactor: 1 / 6 },
      ],
    });
    expect([outbound[111], outbound[101], outbound[110]]).toEqual([97, 96, 96]);
    expect(inbound[96]?.mediasoupPayloadType).toBe(101);
    expect([durationFactors[101], durationFactors[110]]).toEqual([undefined, 1 / 6]);
  });

  it.each([
    [160, 6, 960],
    [960, 1 / 6, 160],
    [10_922, 6, 65_532],
    [10_923, 6, 65_535],
  ])('of %i ticks times %d last %i', (ticks, factor, expected) => {
    const packet = event(ticks);
    scaleDuration(packet, factor);
    expect(packet.readUInt16BE(14)).toBe(expected);
  });

  it('that are too short to say how long are left alone', () => {
    const packet = event(160).subarray(0, 15);
    scaleDuration(packet, 6);
    expect(packet.length).toBe(15);
  });
});
