import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRtp, rtp } from '../../test-peers/rtpBuilder.ts';
import { isRtcp, isRtp, payloadLength, sequenceDistance, withoutHeaderExtension } from './rtpPacket.ts';

describe('RTP packets', () => {
  it('lose their header extension and nothing else', () => {
    const payload = Uint8Array.from({ length: 160 }, (_, index) => index);
    const packet = rtp({
      sequence: 7,
      timestamp: 160,
      ssrc: 99,
      payloadType: 8,
      marker: true,
      payload,
      extensionWords: 3,
    });
    const plain = withoutHeaderExtension(packet);
    expect(readRtp(plain)).toEqual({
      payloadType: 8,
      marker: true,
      sequence: 7,
      timestamp: 160,
      ssrc: 99,
      hasExtension: false,
      payload: Buffer.from(payload),
    });
    expect(plain.buffer).toBe(packet.buffer);
  });

  it('stay as they are without an extension', () => {
    const packet = rtp({ sequence: 1, timestamp: 1, ssrc: 1 });
    expect(withoutHeaderExtension(packet)).toBe(packet);
  });

  it('are refused when the header says more than there is', () => {
    expect(isRtp(Buffer.alloc(11, 0x80))).toBe(false);
    expect(isRtp(Buffer.from([0x40, ...new Array(11).fill(0)]))).toBe(false);
    const claimsExtension = rtp({ sequence: 1, timestamp: 1, ssrc: 1, extensionWords: 1 });
    claimsExtension.writeUInt16BE(200, 14);
    expect(isRtp(claimsExtension)).toBe(false);
    const claimsSources = rtp({ sequence: 1, timestamp: 1, ssrc: 1 });
    claimsSources[0] = 0x8f;
    expect(isRtp(claimsSources)).toBe(false);
  });

  it('of any content are read without an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const packet = Buffer.from(bytes);
        if (packet.length < 2 || isRtcp(packet) || !isRtp(packet)) return;
        const plain = withoutHeaderExtension(packet);
        expect(plain.length).toBeGreaterThanOrEqual(12);
        expect(payloadLength(plain)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('are told from RTCP by the second byte', () => {
    expect(isRtcp(Buffer.from([0x80, 200]))).toBe(true);
    expect(isRtcp(rtp({ sequence: 1, timestamp: 1, ssrc: 1, payloadType: 111, marker: true }))).toBe(false);
  });

  it('are ordered across the wrap of the sequence number', () => {
    expect(sequenceDistance(2, 65_535)).toBe(3);
    expect(sequenceDistance(65_535, 2)).toBe(-3);
  });
});
