import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../observability/FakeClock.ts';
import type { OutgoingInvite } from '../../../sip-stack/index.ts';
import { FakeSipCall } from '../fakes/FakeSip.ts';
import { Attempt } from './Attempt.ts';

describe('Attempt', () => {
  let clock: FakeClock;
  let call: FakeSipCall;
  let attempt: Attempt;
  /** What it told, in order. */
  let told: unknown[];

  beforeEach(() => {
    clock = new FakeClock();
    call = new FakeSipCall({} as OutgoingInvite);
    attempt = new Attempt({ call, clock }, { firstResponseMs: 1500, progressMs: 20_000 });
    told = [];
    attempt.on('heard', (delayMs) => told.push(`heard after ${delayMs}`));
    attempt.on('progressed', ({ status }) => told.push(status));
    attempt.on('answered', () => told.push('answered'));
    attempt.on('failed', ({ kind }) => told.push(kind));
  });

  const rings = () => call.emit('progress', { status: 180, reason: '', sdp: null });

  it('tells its post-dial delay once, before what was heard', () => {
    clock.advance(700);
    rings();
    clock.advance(100);
    rings();
    call.emit('answered', { sdp: 'sdp' });
    expect(told).toEqual(['heard after 700', 180, 180, 'answered']);
  });

  it('holds no timer once it was answered', () => {
    call.emit('trying');
    call.emit('answered', { sdp: 'sdp' });
    expect(clock.pendingTimers).toBe(0);
  });

  it.each([
    ['timeout', 1500, () => undefined],
    ['stalled', 20_000, () => call.emit('trying')],
  ])('ends as %s at its time, cancelled, and says no more', (kind, ms, before) => {
    call.isSilent = true;
    before();
    clock.advance(ms - 1);
    expect(told).toEqual([]);
    clock.advance(1);
    expect(told).toEqual([kind]);
    expect(call.commands).toEqual(['cancel']);
    rings();
    call.emit('failed', { kind: 'cancelled' });
    expect(told).toEqual([kind]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('is not given up while the caller’s cancel waits to be confirmed', () => {
    call.isSilent = true;
    attempt.cancel();
    clock.advance(30_000);
    expect(told).toEqual([]);
    call.emit('failed', { kind: 'cancelled' });
    expect(told).toEqual(['cancelled']);
  });
});
