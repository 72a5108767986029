import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EchoStream } from './EchoStream.ts';
import { OutgoingStream, randomStreamStart } from './OutgoingStream.ts';
import { isRtcp, parseRtpPacket, type RtpPacket, serializeRtpPacket } from './RtpPacket.ts';
import { SymmetricPeer } from './SymmetricPeer.ts';

const PACKET: RtpPacket = {
  payloadType: 96,
  isMarked: true,
  sequenceNumber: 65_535,
  timestamp: 0xffff_fff0,
  ssrc: 0xdead_beef,
  payload: Uint8Array.from([1, 2, 3]),
};

describe('RTP packets', () => {
  it('are read as they were written', () => {
    expect(parseRtpPacket(serializeRtpPacket(PACKET))).toEqual(PACKET);
  });

  it('are read without contributing sources, extension and padding', () => {
    const plain = serializeRtpPacket(PACKET);
    const head = Uint8Array.from(plain.subarray(0, 12));
    head[0] = 0x80 | 0x20 | 0x10 | 1;
    const rest = [9, 9, 9, 9, 0xbe, 0xde, 0, 1, 7, 7, 7, 7, 1, 2, 3, 0, 2];
    expect(parseRtpPacket(Uint8Array.from([...head, ...rest]))?.payload).toEqual(Uint8Array.from([1, 2, 3]));
  });

  it('never throw, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (octets) => {
        const packet = parseRtpPacket(octets);
        expect(packet === null || packet.payload.length <= octets.length - 12).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('are told from RTCP on the same port', () => {
    expect(isRtcp(Uint8Array.from([0x80, 200]))).toBe(true);
    expect(isRtcp(serializeRtpPacket({ ...PACKET, payloadType: 8 }))).toBe(false);
  });
});

describe('OutgoingStream', () => {
  it('marks its first packet and the first after a pause, and counts on over the ends of its numbers', () => {
    const stream = new OutgoingStream({ ssrc: 5, sequenceNumber: 0xffff, timestamp: 0xffff_ffff });
    const frame = { payloadType: 0, payload: new Uint8Array(160), samples: 160 };
    const packets = [stream.next(frame), stream.next(frame)];
    stream.pause(320);
    packets.push(stream.next(frame));
    expect(packets.map(({ isMarked }) => isMarked)).toEqual([true, false, true]);
    expect(packets.map(({ sequenceNumber }) => sequenceNumber)).toEqual([0xffff, 0, 1]);
    expect(packets.map(({ timestamp }) => timestamp)).toEqual([0xffff_ffff, 159, 639]);
  });

  it('begins anywhere', () => {
    const start = randomStreamStart((size) => Uint8Array.from({ length: size }, (_unused, index) => index + 1));
    expect(start).toEqual({ ssrc: 0x01020304, timestamp: 0x05060708, sequenceNumber: 0x090a });
  });
});

describe('EchoStream', () => {
  const start = { ssrc: 77, sequenceNumber: 1000, timestamp: 50_000 };
  const at = (ssrc: number, sequenceNumber: number, timestamp: number) => ({
    ...PACKET,
    ssrc,
    sequenceNumber,
    timestamp,
  });

  it('keeps gaps and order under an SSRC of its own', () => {
    const echo = new EchoStream(start);
    const echoed = [at(1, 10, 160), at(1, 12, 480), at(1, 11, 320)].map((packet) => echo.echo(packet, 160));
    expect(echoed.map(({ ssrc }) => ssrc)).toEqual([77, 77, 77]);
    expect(echoed.map(({ sequenceNumber }) => sequenceNumber)).toEqual([1000, 1002, 1001]);
    expect(echoed.map(({ timestamp }) => timestamp)).toEqual([50_000, 50_320, 50_160]);
  });

  it('goes on without a jump when the source changes', () => {
    const echo = new EchoStream(start);
    echo.echo(at(1, 10, 160), 160);
    const next = echo.echo(at(2, 60_000, 4_000_000_000), 160);
    expect(next).toMatchObject({ sequenceNumber: 1001, timestamp: 50_160 });
  });
});

describe('SymmetricPeer', () => {
  const negotiated = { address: '127.0.0.1', port: 4000 };
  const seen = { address: '127.0.0.1', port: 4002 };

  it('sends where the SDP says until the first packet says better, and hears nobody else then', () => {
    const peer = new SymmetricPeer();
    expect(peer.accepts(seen)).toBe(false);
    peer.expect(negotiated);
    expect(peer.target).toEqual(negotiated);
    expect(peer.accepts(seen)).toBe(true);
    expect(peer.target).toEqual(seen);
    expect(peer.accepts(negotiated)).toBe(false);
  });

  it('looks anew when the SDP names another address, and only then', () => {
    const peer = new SymmetricPeer();
    peer.expect(negotiated);
    peer.accepts(seen);
    peer.expect({ ...negotiated });
    expect(peer.target).toEqual(seen);
    peer.expect({ ...negotiated, port: 5000 });
    expect(peer.target).toEqual({ ...negotiated, port: 5000 });
  });
});
