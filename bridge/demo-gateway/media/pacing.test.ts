import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../observability/FakeClock.ts';
import { ULAW_SILENCE } from '../audio/g711.ts';
import { ClipPlayer } from './ClipPlayer.ts';
import { Pacer } from './Pacer.ts';

/** A clock whose timers all run a few milliseconds late, as real ones do. */
class LateClock extends FakeClock {
  override setTimeout(callback: () => void, delayMs: number) {
    return super.setTimeout(callback, delayMs + 7);
  }
}

describe('Pacer', () => {
  it('keeps fifty beats a second although every timer is late', () => {
    const clock = new LateClock();
    const pacer = new Pacer(clock);
    let beats = 0;
    const stop = pacer.add(() => {
      beats += 1;
    });
    clock.advance(60_000);
    expect(beats).toBeGreaterThanOrEqual(3000);
    expect(beats).toBeLessThanOrEqual(3001);
    stop();
    expect(clock.pendingTimers).toBe(0);
    expect(pacer.size).toBe(0);
  });

  it('leaves out the time of a long sleep and says so once', () => {
    const clock = new FakeClock();
    let sleptMs = 0;
    const skips: number[] = [];
    const stop = new Pacer({
      now: () => clock.now() + sleptMs,
      setTimeout: (callback, delayMs) => clock.setTimeout(callback, delayMs),
      clearTimeout: (timer) => clock.clearTimeout(timer),
    }).add((skipped) => skips.push(skipped));
    clock.advance(40);
    expect(skips).toEqual([0, 0, 0]);
    sleptMs = 5000;
    clock.advance(40);
    expect(skips).toEqual([0, 0, 0, 250, 0]);
    stop();
  });

  it('goes on for the others when one stops within its beat', () => {
    const clock = new FakeClock();
    const pacer = new Pacer(clock);
    let beats = 0;
    const stopFirst = pacer.add(() => stopFirst());
    const stopSecond = pacer.add(() => {
      beats += 1;
    });
    clock.advance(100);
    expect(beats).toBe(6);
    expect(pacer.size).toBe(1);
    stopSecond();
  });
});

describe('ClipPlayer', () => {
  const clip = (length: number, value: number) => new Uint8Array(length).fill(value);

  it('joins clips within a frame and is silent after them', async () => {
    const player = new ClipPlayer();
    const played = Promise.all([player.play(clip(100, 1)), player.play(clip(100, 2))]);
    expect([...player.nextFrame()]).toEqual([...clip(100, 1), ...clip(60, 2)]);
    expect([...player.nextFrame()]).toEqual([...clip(40, 2), ...clip(120, ULAW_SILENCE)]);
    await played;
    expect([...player.nextFrame()]).toEqual([...clip(160, ULAW_SILENCE)]);
  });

  it('repeats a looped clip without a gap until it is interrupted', async () => {
    const player = new ClipPlayer();
    const looped = player.play(Uint8Array.from([1, 2, 3]), { isLooped: true, isInterruptible: true });
    expect([...player.nextFrame().subarray(0, 7)]).toEqual([1, 2, 3, 1, 2, 3, 1]);
    expect(player.nextFrame()[0]).toBe(2);
    player.interrupt();
    await looped;
    expect(player.nextFrame()[0]).toBe(ULAW_SILENCE);
  });

  it('takes away only what is interruptible', async () => {
    const player = new ClipPlayer();
    const kept = player.play(clip(200, 1));
    const taken = player.play(clip(200, 2), { isInterruptible: true });
    player.nextFrame();
    player.interrupt();
    await taken;
    expect([...player.nextFrame()]).toEqual([...clip(40, 1), ...clip(120, ULAW_SILENCE)]);
    await kept;
  });

  it('plays the next clip from its beginning when one was taken away halfway', async () => {
    const player = new ClipPlayer();
    const taken = player.play(clip(200, 1), { isInterruptible: true });
    player.nextFrame();
    player.interrupt();
    await taken;
    const next = player.play(Uint8Array.from([5, 6, 7]));
    expect([...player.nextFrame().subarray(0, 4)]).toEqual([5, 6, 7, ULAW_SILENCE]);
    await next;
  });

  it('ends an empty clip at once, looped or not', async () => {
    const player = new ClipPlayer();
    const played = player.play(new Uint8Array(0), { isLooped: true });
    player.nextFrame();
    await played;
  });
});
