import { describe, expect, it } from 'vitest';
import { readRtp, rtp } from '../../test-peers/rtpBuilder.ts';
import { StreamRewriter } from '../streams/StreamRewriter.ts';
import { type DtmfFormat, DtmfSender } from './DtmfSender.ts';

const at8000: DtmfFormat = { payloadType: 101, eventClockRate: 8000, audioClockRate: 8000 };

/** A clock that runs what is due, one task after the other. */
function setUp() {
  let nowMs = 1000;
  let tasks: { atMs: number; task: () => void }[] = [];
  const sent: (ReturnType<typeof readRtp> & { atMs: number })[] = [];
  const stream = new StreamRewriter({ ssrc: 77, sequenceNumber: 100, timestamp: 5000 });
  const sender = new DtmfSender({
    stream,
    send: (packet) => sent.push({ ...readRtp(packet), atMs: nowMs - 1000 }),
    nowMs: () => nowMs,
    schedule: (task, delayMs) => {
      const entry = { atMs: nowMs + delayMs, task };
      tasks.push(entry);
      return () => {
        tasks = tasks.filter((other) => other !== entry);
      };
    },
  });
  const audio = (index: number): ReturnType<typeof readRtp> => {
    const packet = rtp({ sequence: index, timestamp: index * 160, ssrc: 1 });
    stream.rewrite(packet, nowMs, 8000);
    return readRtp(packet);
  };
  const runUntil = (untilMs: number): void => {
    for (;;) {
      const due = tasks.filter(({ atMs }) => atMs - 1000 <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (due === undefined) break;
      tasks = tasks.filter((other) => other !== due);
      nowMs = Math.max(nowMs, due.atMs);
      due.task();
    }
    nowMs = 1000 + untilMs;
  };
  return { sender, sent, audio, runUntil };
}

const event = (packet: { payload: Buffer }) => ({
  code: packet.payload[0],
  isEnd: ((packet.payload[1] ?? 0) & 0x80) !== 0,
  ticks: packet.payload.readUInt16BE(2),
});

describe('DtmfSender', () => {
  it('sends an event as RFC 4733 says: one timestamp, growing duration, marker first, end three times', () => {
    const { sender, sent, audio, runUntil } = setUp();
    const last = audio(0);
    sender.enqueue({ digits: '#', durationMs: 100, gapMs: 50 }, at8000, () => {});
    runUntil(500);
    expect(sent.map((packet) => event(packet))).toEqual([
      { code: 11, isEnd: false, ticks: 160 },
      { code: 11, isEnd: false, ticks: 320 },
      { code: 11, isEnd: false, ticks: 480 },
      { code: 11, isEnd: false, ticks: 640 },
      { code: 11, isEnd: true, ticks: 800 },
      { code: 11, isEnd: true, ticks: 800 },
      { code: 11, isEnd: true, ticks: 800 },
    ]);
    expect(sent.map((packet) => packet.marker)).toEqual([true, false, false, false, false, false, false]);
    expect(new Set(sent.map((packet) => packet.timestamp))).toEqual(new Set([last.timestamp]));
    expect(sent.map((packet) => packet.sequence)).toEqual([101, 102, 103, 104, 105, 106, 107]);
    expect(new Set(sent.map((packet) => packet.ssrc))).toEqual(new Set([77]));
    expect(sent.every((packet) => packet.payloadType === 101)).toBe(true);
  });

  it('keeps the audio back during the event only, which then goes on in sequence and on its own clock', () => {
    const { sender, audio, runUntil } = setUp();
    const before = audio(0);
    sender.enqueue({ digits: '1', durationMs: 100, gapMs: 50 }, at8000, () => {});
    expect(sender.isSending).toBe(true);
    runUntil(110);
    expect(sender.isSending).toBe(false);
    const after = audio(6);
    expect(after.sequence).toBe(before.sequence + 8);
    expect(after.timestamp).toBe(before.timestamp + 6 * 160);
  });

  it('sends several digits with the pause between them, and queues what comes meanwhile', () => {
    const { sender, sent, runUntil } = setUp();
    const done: string[] = [];
    sender.enqueue({ digits: '15', durationMs: 80, gapMs: 60 }, at8000, (isSent) => done.push(`first ${isSent}`));
    sender.enqueue({ digits: '9', durationMs: 80, gapMs: 60 }, at8000, (isSent) => done.push(`second ${isSent}`));
    runUntil(1000);
    const starts = sent.filter((packet) => packet.marker);
    expect(starts.map((packet) => event(packet).code)).toEqual([1, 5, 9]);
    expect(starts.map((packet) => packet.atMs)).toEqual([0, 140, 280]);
    expect(starts.map((packet) => packet.timestamp)).toEqual([5000, 5000 + 140 * 8, 5000 + 280 * 8]);
    expect(done).toEqual(['first true', 'second true']);
  });

  it('counts durations in the events’ clock and timestamps in the audio’s', () => {
    const { sender, sent, runUntil } = setUp();
    const format = { payloadType: 101, eventClockRate: 8000, audioClockRate: 48_000 };
    sender.enqueue({ digits: '12', durationMs: 100, gapMs: 100 }, format, () => {});
    runUntil(1000);
    const starts = sent.filter((packet) => packet.marker);
    expect(starts[0] && event(starts[0]).ticks).toBe(160);
    expect(Number(starts[1]?.timestamp) - Number(starts[0]?.timestamp)).toBe(200 * 48);
  });

  it('goes on in a further segment when the duration does not fit its field', () => {
    const { sender, sent, runUntil } = setUp();
    const format = { payloadType: 110, eventClockRate: 48_000, audioClockRate: 48_000 };
    sender.enqueue({ digits: '0', durationMs: 2000, gapMs: 50 }, format, () => {});
    runUntil(3000);
    const timestamps = [...new Set(sent.map((packet) => packet.timestamp))];
    expect(timestamps).toEqual([5000, 5000 + 0xffff]);
    const first = sent.filter((packet) => packet.timestamp === 5000);
    expect(event(first[first.length - 1] ?? { payload: Buffer.alloc(4) }).ticks).toBe(0xffff);
    const lastPacket = sent[sent.length - 1];
    expect(lastPacket && event(lastPacket)).toEqual({ code: 0, isEnd: true, ticks: 96_000 - 0xffff });
    expect(sent.filter((packet) => packet.marker)).toHaveLength(1);
  });

  it('tells everybody who waits when it is closed', () => {
    const { sender, sent, runUntil } = setUp();
    const done: boolean[] = [];
    sender.enqueue({ digits: '1', durationMs: 100, gapMs: 50 }, at8000, (isSent) => done.push(isSent));
    sender.enqueue({ digits: '2', durationMs: 100, gapMs: 50 }, at8000, (isSent) => done.push(isSent));
    sender.close();
    runUntil(1000);
    expect(done).toEqual([false, false]);
    expect(sent).toHaveLength(1);
    expect(sender.isSending).toBe(false);
  });
});
