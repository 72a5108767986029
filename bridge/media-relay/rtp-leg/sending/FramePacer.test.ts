import { describe, expect, it } from 'vitest';
import { steppedTime } from '../testing/steppedTime.ts';
import { FramePacer } from './FramePacer.ts';

function open() {
  const time = steppedTime();
  const due: number[] = [];
  const pacer = new FramePacer(time);
  return { time, due, pacer, stop: pacer.add((dueMs) => due.push(dueMs)) };
}

describe('FramePacer', () => {
  it('is due each 20 ms by the clock, also when timers are late', () => {
    const { time, due } = open();
    time.advance(100, 7);
    expect(due).toEqual([1000, 1020, 1040, 1060, 1080]);
  });

  it('catches up after 200 ms, and goes on from now after more', () => {
    const { time, due } = open();
    time.advance(0);
    time.standStill(220);
    time.advance(0);
    expect(due).toHaveLength(12);
    time.standStill(221);
    time.advance(0);
    expect(due.slice(12)).toEqual([1240, 1441]);
    time.advance(20);
    expect(due[14]).toBe(1461);
  });

  it('has one timer for all, which ends with the last of them', () => {
    const { time, due, pacer, stop } = open();
    const other: number[] = [];
    time.advance(10);
    const stopOther = pacer.add((dueMs) => other.push(dueMs));
    time.advance(40);
    expect(other).toEqual([1020, 1040]);
    stop();
    time.advance(20);
    expect([due.length, other.length]).toEqual([3, 3]);
    stopOther();
    expect(time.isWaiting()).toBe(false);
    pacer.add((dueMs) => other.push(dueMs));
    time.advance(5);
    expect(other[3]).toBe(1070);
  });

  it('ends where a task ends itself', () => {
    const time = steppedTime();
    const pacer = new FramePacer(time);
    let count = 0;
    const stop = pacer.add(() => {
      count += 1;
      stop();
    });
    time.advance(100);
    expect(count).toBe(1);
    expect(time.isWaiting()).toBe(false);
  });
});
