import { describe, expect, it } from 'vitest';
import { steppedTime } from '../testing/steppedTime.ts';
import { AudioWatch } from './AudioWatch.ts';

function open() {
  const time = steppedTime();
  const told: string[] = [];
  const watch = new AudioWatch({
    nowMs: time.nowMs,
    silenceAfterMs: 4500,
    onStopped: () => told.push('stopped'),
    onResumed: () => told.push('resumed'),
  });
  const tickAfter = (ms: number) => {
    time.advance(ms);
    watch.tick();
  };
  return { watch, told, tickAfter };
}

describe('AudioWatch', () => {
  it('tells once that audio stopped, at the time that is set and not before, and that it came again', () => {
    const { watch, told, tickAfter } = open();
    watch.expect(1);
    tickAfter(4499);
    expect(told).toEqual([]);
    tickAfter(1);
    tickAfter(9000);
    expect(told).toEqual(['stopped']);
    watch.heard();
    watch.heard();
    expect(told).toEqual(['stopped', 'resumed']);
    tickAfter(4499);
    expect(told).toHaveLength(2);
    tickAfter(1);
    expect(told[2]).toBe('stopped');
  });

  it('tells nothing while nothing is expected, and counts from when it is again', () => {
    const { watch, told, tickAfter } = open();
    tickAfter(10_000);
    watch.expect(1);
    tickAfter(4000);
    watch.expect(null);
    tickAfter(10_000);
    watch.expect(1);
    tickAfter(4499);
    expect(told).toEqual([]);
    tickAfter(1);
    expect(told).toEqual(['stopped']);
  });

  it('goes on counting when the same is said again, and begins anew with another answer of the gateway', () => {
    const { watch, told, tickAfter } = open();
    watch.expect(1);
    tickAfter(4000);
    watch.expect(1);
    tickAfter(500);
    expect(told).toEqual(['stopped']);
    watch.expect(2);
    tickAfter(4500);
    expect(told).toEqual(['stopped', 'stopped']);
    watch.expect(3);
    watch.heard();
    expect(told[2]).toBe('resumed');
  });
});
