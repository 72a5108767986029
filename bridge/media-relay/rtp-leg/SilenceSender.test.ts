import { describe, expect, it } from 'vitest';
import { readRtp } from '../test-peers/rtpBuilder.ts';
import { SilenceSender } from './SilenceSender.ts';
import { StreamRewriter } from './StreamRewriter.ts';

function open() {
  let nowMs = 1000;
  let due: { task: () => void; atMs: number } | null = null;
  const sent: Buffer[] = [];
  const sender = new SilenceSender({
    stream: new StreamRewriter({ ssrc: 9, sequenceNumber: 100, timestamp: 5000 }),
    send: (packet) => sent.push(packet),
    nowMs: () => nowMs,
    schedule: (task, delayMs) => {
      const mine = { task, atMs: nowMs + delayMs };
      due = mine;
      return () => {
        if (due === mine) due = null;
      };
    },
  });
  /** Runs what is due, each time `lateMs` late. */
  const advance = (ms: number, lateMs = 0): void => {
    const endMs = nowMs + ms;
    while (due !== null && due.atMs + lateMs <= endMs) {
      const { task, atMs } = due;
      due = null;
      nowMs = atMs + lateMs;
      task();
    }
    nowMs = endMs;
  };
  return { sender, sent, advance, isWaiting: () => due !== null };
}

const format = { payloadType: 8, clockRate: 8000, payload: new Uint8Array(160).fill(0xd5) };

describe('Silence', () => {
  it('is a frame each 20 ms in one unbroken stream, also when timers are late', () => {
    const { sender, sent, advance } = open();
    sender.configure(format);
    advance(100, 7);
    const packets = sent.map(readRtp);
    expect(packets.map(({ sequence }) => sequence)).toEqual([100, 101, 102, 103, 104]);
    expect(packets.map(({ timestamp }) => timestamp - 5000)).toEqual([0, 160, 320, 480, 640]);
    expect(
      packets.every(({ ssrc, payloadType, payload }) => ssrc === 9 && payloadType === 8 && payload[0] === 0xd5),
    ).toBe(true);
  });

  it('goes on at the same pace when it is configured again, and stops when told', () => {
    const { sender, sent, advance, isWaiting } = open();
    sender.configure(format);
    sender.configure({ ...format, payloadType: 0 });
    advance(40);
    expect(sent.map((packet) => readRtp(packet).payloadType)).toEqual([8, 0, 0]);
    sender.configure(null);
    expect(isWaiting()).toBe(false);
    advance(100);
    expect(sent).toHaveLength(3);
  });
});
