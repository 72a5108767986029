import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeCompound } from '../rtp-leg/streams/rtcpPacket.ts';
import { rtp } from '../test-peers/rtpBuilder.ts';
import { replayWindowSize } from './ReplayWindow.ts';
import { SrtpReceiver } from './SrtpReceiver.ts';
import { SrtpSender } from './SrtpSender.ts';
import { type SrtpKey, type SrtpSuiteName, srtpSuiteNames, srtpSuites } from './suites.ts';

function keyOf(suite: SrtpSuiteName, seed = 1): SrtpKey {
  const { keyLength, saltLength } = srtpSuites[suite];
  const masterKey = Buffer.from(Array.from({ length: keyLength }, (_, index) => (index * 7 + seed) & 0xff));
  return { suite, masterKey, masterSalt: Buffer.alloc(saltLength, seed + 1), mkiLength: 0 };
}

function pair(key = keyOf('AES_CM_128_HMAC_SHA1_80')) {
  const [sender, receiver] = [new SrtpSender(), new SrtpReceiver()];
  sender.setKey(key);
  receiver.setKey(key);
  return { sender, receiver };
}

const packet = (sequence: number, ssrc = 7): Buffer =>
  rtp({ sequence, timestamp: sequence * 160, ssrc, payload: Buffer.alloc(20, sequence & 0xff) });
const report = writeCompound({ ssrc: 7, sender: null, blocks: [] }, 'somebody');

describe.each(srtpSuiteNames)('With %s', (suite) => {
  const key = keyOf(suite);

  it('any packet is read as it was sent, and nothing of its payload could be read on the way', () => {
    const { sender, receiver } = pair(key);
    let sequence = 0;
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 0, maxLength: 1400 }),
        fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
        (payload, extensionWords) => {
          sequence += 1;
          const plain = rtp({
            sequence,
            timestamp: 5,
            ssrc: 9,
            payload,
            ...(extensionWords === undefined ? {} : { extensionWords }),
          });
          const sealed = sender.sealRtp(Buffer.from(plain));
          expect(sealed.length).toBe(plain.length + srtpSuites[suite].rtpTagLength);
          if (payload.length >= 8) expect(sealed.includes(Buffer.from(payload))).toBe(false);
          expect(receiver.openRtp(sealed)).toEqual(plain);
        },
      ),
      { numRuns: 200 },
    );
    expect(receiver.rejected).toBe(0);
  });

  it('a packet with any bit changed is dropped and counted, and harms none that follows', () => {
    const { sender, receiver } = pair(key);
    let sequence = 0;
    fc.assert(
      fc.property(fc.nat(), (bit) => {
        sequence += 1;
        const sealed = sender.sealRtp(packet(sequence));
        const changed = Buffer.from(sealed);
        // The first byte says what is a header and what isn't; junk is found before.
        const at = 1 + (Math.floor(bit / 8) % (sealed.length - 1));
        changed[at] = (changed[at] ?? 0) ^ (1 << (bit % 8));
        expect(receiver.openRtp(changed)).toBeNull();
        expect(receiver.openRtp(sealed)).toEqual(packet(sequence));
      }),
      { numRuns: 100 },
    );
    expect(receiver.rejected).toBe(sequence);
  });

  it('control packets are read as they were sent, once, and dropped when changed', () => {
    const { sender, receiver } = pair(key);
    for (let count = 0; count < 3; count += 1) {
      const sealed = sender.sealRtcp(report);
      expect(sealed.includes('somebody')).toBe(false);
      const changed = Buffer.from(sealed);
      changed[12] = (changed[12] ?? 0) ^ 1;
      expect(receiver.openRtcp(changed)).toBeNull();
      expect(receiver.openRtcp(Buffer.from(sealed))).toEqual(report);
      expect(receiver.openRtcp(sealed)).toBeNull();
    }
    expect(receiver.rejected).toBe(6);
  });

  it('a key’s name in each packet is passed over', () => {
    const receiver = new SrtpReceiver();
    receiver.setKey({ ...key, mkiLength: 4 });
    const { sender } = pair(key);
    const name = Buffer.from([0, 0, 0, 1]);
    const isGcm = srtpSuites[suite].kind === 'gcm';
    const withName = (sealed: Buffer, tagLength: number): Buffer => {
      const at = sealed.length - tagLength;
      return Buffer.concat([sealed.subarray(0, at), name, sealed.subarray(at)]);
    };
    // RFC 3711 sections 3.1 and 3.4; with GCM the tag is a part of what is encrypted (RFC 7714 section 7.2).
    expect(receiver.openRtp(withName(sender.sealRtp(packet(1)), isGcm ? 0 : srtpSuites[suite].rtpTagLength))).toEqual(
      packet(1),
    );
    expect(receiver.openRtcp(withName(sender.sealRtcp(report), isGcm ? 0 : 10))).toEqual(report);
  });

  it('what is too short to be anything is dropped', () => {
    const { receiver } = pair(key);
    for (let length = 0; length < 30; length += 1) {
      expect(receiver.openRtcp(Buffer.alloc(length, 0x81))).toBeNull();
      if (length >= 12) expect(receiver.openRtp(Buffer.from(packet(1).subarray(0, length)))).toBeNull();
    }
  });
});

describe('A protected stream', () => {
  it('goes on when its sequence numbers begin anew, in and out of order', () => {
    const { sender, receiver } = pair();
    const sealed = new Map<number, Buffer>();
    for (let index = 0xfff0; index < 0x1_0010; index += 1) sealed.set(index, sender.sealRtp(packet(index)));
    const order = [0xfff0, 0xffff, 0x1_0001, 0xfffe, 0x1_0000, 0xfff1, 0x1_000f, 0x1_0002];
    for (const index of order) expect(receiver.openRtp(sealed.get(index) ?? Buffer.alloc(0))).toEqual(packet(index));
    expect(receiver.rejected).toBe(0);
  });

  it('goes on through several rounds of its sequence numbers', () => {
    const { sender, receiver } = pair();
    for (let index = 0; index < 3 * 0x1_0000; index += 100) {
      expect(receiver.openRtp(sender.sealRtp(packet(index)))).toEqual(packet(index));
    }
  });

  it('seals a late packet of before the wrap with the counter of before', () => {
    const { sender, receiver } = pair();
    receiver.openRtp(sender.sealRtp(packet(0xfffe)));
    const [after, late] = [sender.sealRtp(packet(0x1_0000)), sender.sealRtp(packet(0xffff))];
    expect(receiver.openRtp(after)).not.toBeNull();
    expect(receiver.openRtp(late)).toEqual(packet(0xffff));
  });

  it('takes a packet once, and late ones as far back as its window is wide', () => {
    const { sender, receiver } = pair();
    const count = replayWindowSize + 2;
    const sealed = Array.from({ length: count }, (_, index) => sender.sealRtp(packet(index)));
    const open = (index: number) => receiver.openRtp(Buffer.from(sealed[index] ?? []));
    expect(open(replayWindowSize)).not.toBeNull();
    expect(open(replayWindowSize)).toBeNull();
    expect(open(0)).toBeNull();
    expect(open(1)).not.toBeNull();
    expect(open(1)).toBeNull();
    expect(open(replayWindowSize + 1)).not.toBeNull();
    expect(open(2)).not.toBeNull();
    expect(receiver.rejected).toBe(3);
  });

  it('takes another source, and knows of each what was seen', () => {
    const { receiver } = pair();
    for (const ssrc of [1, 2, 3]) {
      const { sender } = pair();
      const sealed = sender.sealRtp(packet(5, ssrc));
      expect(receiver.openRtp(Buffer.from(sealed))).toEqual(packet(5, ssrc));
      expect(receiver.openRtp(sealed)).toBeNull();
    }
  });

  it.each(['goes on', 'begins at zero'])('takes a new key inside the call, whose rollover counter %s', (how) => {
    const { sender, receiver } = pair();
    for (let index = 0xff00; index < 0x1_0100; index += 64) receiver.openRtp(sender.sealRtp(packet(index)));
    const next = keyOf('AES_CM_128_HMAC_SHA1_80', 40);
    receiver.setKey(next);
    const other = how === 'goes on' ? sender : new SrtpSender();
    expect(receiver.openRtp(sender.sealRtp(packet(0x1_0100)))).toBeNull();
    other.setKey(next);
    for (const index of [0x1_0101, 0x1_0102]) {
      expect(receiver.openRtp(other.sealRtp(packet(index)))).toEqual(packet(index));
    }
  });

  it('never uses the same index of control packets twice', () => {
    const { sender } = pair();
    const first = sender.sealRtcp(report);
    sender.setKey(null);
    expect(sender.sealRtcp(report)).toBe(report);
    sender.setKey(keyOf('AES_CM_128_HMAC_SHA1_80'));
    expect(sender.sealRtcp(report)).not.toEqual(first);
  });

  it('is left as it is without a key', () => {
    const [sender, receiver] = [new SrtpSender(), new SrtpReceiver()];
    const plain = packet(1);
    expect(sender.sealRtp(plain)).toBe(plain);
    expect(receiver.openRtp(plain)).toBe(plain);
    expect(receiver.openRtcp(report)).toBe(report);
  });
});
