import { describe, expect, it } from 'vitest';
import { readRtp, rtp } from '../../test-peers/rtpBuilder.ts';
import { StreamRewriter } from './StreamRewriter.ts';

const clockRate = 8000;

function rewriter(): StreamRewriter {
  return new StreamRewriter({ ssrc: 4242, sequenceNumber: 65_534, timestamp: 0xffff_ff00 });
}

/** Rewrites packet number `index` of a source, 20 ms after the one before. */
function pass(stream: StreamRewriter, from: { ssrc: number; index: number; atMs: number }) {
  const packet = rtp({ sequence: 500 + from.index, timestamp: 9000 + from.index * 160, ssrc: from.ssrc });
  return stream.rewrite(packet, from.atMs, clockRate) ? readRtp(packet) : null;
}

describe('StreamRewriter', () => {
  it('gives a source the stream’s SSRC and goes on counting across the wraps', () => {
    const stream = rewriter();
    const out = [0, 1, 2, 3].map((index) => pass(stream, { ssrc: 1, index, atMs: index * 20 }));
    expect(out.map((packet) => packet?.sequence)).toEqual([65_534, 65_535, 0, 1]);
    expect(out.map((packet) => packet?.timestamp)).toEqual([0xffff_ff00, 0xffff_ffa0, 0x40, 0xe0]);
    expect(out.every((packet) => packet?.ssrc === 4242)).toBe(true);
  });

  it('keeps gaps and reordering of a source as they are', () => {
    const stream = rewriter();
    const out = [0, 3, 2, 4].map((index) => pass(stream, { ssrc: 1, index, atMs: index * 20 }));
    expect(out.map((packet) => packet?.sequence)).toEqual([65_534, 1, 0, 2]);
  });

  it('continues without a gap when the source changes, and marks the change', () => {
    const stream = rewriter();
    pass(stream, { ssrc: 1, index: 0, atMs: 0 });
    const last = pass(stream, { ssrc: 1, index: 1, atMs: 20 });
    const next = pass(stream, { ssrc: 2, index: 700, atMs: 40 });
    expect(next?.sequence).toBe((Number(last?.sequence) + 1) & 0xffff);
    expect(next?.timestamp).toBe((Number(last?.timestamp) + 160) >>> 0);
    expect(next?.marker).toBe(true);
    expect(pass(stream, { ssrc: 2, index: 701, atMs: 60 })?.marker).toBe(false);
  });

  it('advances the timestamp by the silence before a change', () => {
    const stream = rewriter();
    const last = pass(stream, { ssrc: 1, index: 0, atMs: 0 });
    const next = pass(stream, { ssrc: 2, index: 0, atMs: 1000 });
    expect((Number(next?.timestamp) - Number(last?.timestamp)) >>> 0).toBe(8000);
  });

  it('drops stragglers of the source before, but takes it back when it stays', () => {
    const stream = rewriter();
    pass(stream, { ssrc: 1, index: 0, atMs: 0 });
    pass(stream, { ssrc: 2, index: 0, atMs: 20 });
    expect(pass(stream, { ssrc: 1, index: 1, atMs: 25 })).toBeNull();
    expect(pass(stream, { ssrc: 1, index: 9, atMs: 200 })?.sequence).toBe(0);
  });

  it('takes a jump of the sequence numbers for a new start', () => {
    const stream = rewriter();
    pass(stream, { ssrc: 1, index: 0, atMs: 0 });
    expect(pass(stream, { ssrc: 1, index: 20_000, atMs: 20 })?.sequence).toBe(65_535);
  });

  it('closes the gap of packets that are not passed on', () => {
    const stream = rewriter();
    const first = pass(stream, { ssrc: 1, index: 0, atMs: 0 });
    stream.skip(rtp({ sequence: 501, timestamp: 0, ssrc: 1 }));
    stream.skip(rtp({ sequence: 502, timestamp: 0, ssrc: 1 }));
    expect(pass(stream, { ssrc: 1, index: 3, atMs: 60 })?.sequence).toBe((Number(first?.sequence) + 1) & 0xffff);
  });

  it('goes on after an interruption where it was, by as much time as that took', () => {
    const stream = rewriter();
    const last = pass(stream, { ssrc: 1, index: 0, atMs: 0 });
    stream.interrupt();
    const next = pass(stream, { ssrc: 1, index: 100, atMs: 2000 });
    expect(next?.sequence).toBe((Number(last?.sequence) + 1) & 0xffff);
    expect((Number(next?.timestamp) - Number(last?.timestamp)) >>> 0).toBe(16_000);
    expect(next?.marker).toBe(true);
    expect(pass(stream, { ssrc: 1, index: 103, atMs: 2060 })?.sequence).toBe((Number(next?.sequence) + 3) & 0xffff);
  });

  it('lets frames take the source’s place and has it follow on them', () => {
    const stream = rewriter();
    pass(stream, { ssrc: 1, index: 0, atMs: 0 });
    // 33 ms late is two frames, as near as frames go.
    expect(stream.takeFrame(33, clockRate)).toEqual({ sequence: 65_535, timestamp: (0xffff_ff00 + 320) >>> 0 });
    expect(stream.takeFrame(53, clockRate)).toEqual({ sequence: 0, timestamp: (0xffff_ff00 + 480) >>> 0 });
    const next = pass(stream, { ssrc: 1, index: 900, atMs: 75 });
    expect(next).toMatchObject({ sequence: 1, timestamp: (0xffff_ff00 + 640) >>> 0, marker: true });
    expect(pass(stream, { ssrc: 1, index: 901, atMs: 95 })).toMatchObject({ sequence: 2, marker: false });
  });

  it('never goes back in time, however early a frame is', () => {
    const stream = rewriter();
    pass(stream, { ssrc: 1, index: 0, atMs: 30 });
    expect(stream.takeFrame(25, clockRate).timestamp).toBe((0xffff_ff00 + 160) >>> 0);
  });

  it('lets packets of our own in between, and the timestamps of the source stay right', () => {
    const stream = rewriter();
    pass(stream, { ssrc: 1, index: 0, atMs: 0 });
    expect(stream.timestampAt(30, clockRate)).toBe((0xffff_ff00 + 240) >>> 0);
    expect(stream.takeSequenceNumber()).toBe(65_535);
    expect(stream.takeSequenceNumber()).toBe(0);
    const next = pass(stream, { ssrc: 1, index: 10, atMs: 200 });
    expect(next?.sequence).toBe(1);
    expect(next?.timestamp).toBe((0xffff_ff00 + 1600) >>> 0);
  });
});
