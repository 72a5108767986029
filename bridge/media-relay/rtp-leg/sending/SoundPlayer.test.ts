import { describe, expect, it } from 'vitest';
import { readRtp } from '../../test-peers/rtpBuilder.ts';
import { StreamRewriter } from '../streams/StreamRewriter.ts';
import { steppedTime } from '../testing/steppedTime.ts';
import { FramePacer } from './FramePacer.ts';
import { SoundPlayer } from './SoundPlayer.ts';

function open() {
  const time = steppedTime();
  const sent: Buffer[] = [];
  const held = { isBack: false };
  const player = new SoundPlayer({
    stream: new StreamRewriter({ ssrc: 9, sequenceNumber: 100, timestamp: 5000 }),
    send: (packet) => sent.push(packet),
    pacer: new FramePacer(time),
    isHeldBack: () => held.isBack,
  });
  return { player, time, held, sent, packets: () => sent.map(readRtp) };
}

const frames = [1, 2, 3].map((mark) => new Uint8Array(160).fill(mark));
const sound = { frames, payloadType: 8, clockRate: 8000 };

describe('SoundPlayer', () => {
  it('plays a sound again and again in one unbroken stream, marked where it begins', () => {
    const { player, time, packets } = open();
    player.play(sound);
    time.advance(80, 7);
    expect(packets().map(({ payload }) => payload[0])).toEqual([1, 2, 3, 1]);
    expect(packets().map(({ sequence }) => sequence)).toEqual([100, 101, 102, 103]);
    expect(packets().map(({ timestamp }) => timestamp - 5000)).toEqual([0, 160, 320, 480]);
    expect(packets().map(({ marker }) => marker)).toEqual([true, false, false, false]);
    expect(packets().every(({ ssrc, payloadType }) => ssrc === 9 && payloadType === 8)).toBe(true);
  });

  it('goes on at its place when it is asked for again, and stops when told', () => {
    const { player, time, packets } = open();
    player.play(sound);
    time.advance(20);
    player.play({ ...sound });
    time.advance(20);
    expect(packets().map(({ payload, marker }) => [payload[0], marker])).toEqual([
      [1, true],
      [2, false],
      [3, false],
    ]);
    player.play(null);
    expect(time.isWaiting()).toBe(false);
    time.advance(100);
    expect(packets()).toHaveLength(3);
    player.play(sound);
    time.advance(0);
    expect(packets()[3]?.payload[0]).toBe(1);
  });

  it('begins another sound at its beginning, in its own payload type', () => {
    const { player, time, packets } = open();
    player.play(sound);
    time.advance(20);
    player.play({ frames: [Uint8Array.of(7, 7)], payloadType: 111, clockRate: 48_000 });
    time.advance(20);
    const last = packets()[2];
    expect(last).toMatchObject({ payloadType: 111, marker: true, sequence: 102 });
    expect([...(last?.payload ?? [])]).toEqual([7, 7]);
  });

  it('waits while key tones are sent, and loses nothing of the time', () => {
    const { player, time, held, packets } = open();
    player.play(sound);
    time.advance(0);
    held.isBack = true;
    time.advance(60);
    held.isBack = false;
    time.advance(20);
    expect(packets().map(({ payload }) => payload[0])).toEqual([1, 2]);
    expect(packets().map(({ timestamp }) => timestamp - 5000)).toEqual([0, 640]);
  });

  it('sends nothing of a sound without frames', () => {
    const { player, time, packets } = open();
    player.play({ ...sound, frames: [] });
    time.advance(100);
    expect(packets()).toEqual([]);
  });
});
