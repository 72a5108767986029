import { beforeEach, describe, expect, it } from 'vitest';
import { callIdSchema, userIdSchema } from '../../../shared/domain/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { type CallRecord, MemoryCollection } from '../../storage/index.ts';
import { type KeptSeenMark, MissedCalls, mostCounted, mostLookedAt } from './MissedCalls.ts';

const alice = userIdSchema.parse('alice');
const hourMs = 3_600_000;

/** A call that rang at Alice and nobody took, requested ten seconds before its end. */
function call(endedAtMs: number, more: Partial<CallRecord> = {}): CallRecord {
  const closing = { endedAtMs, outcome: 'noAnswer', disconnectedBy: 'bridge', sipStatus: null, q850: null };
  return {
    ...{ callId: callIdSchema.parse(`c${endedAtMs}`), direction: 'incoming', answeredAtMs: null },
    ...{ requestedAtMs: endedAtMs - 10_000, participants: [person()] },
    closing: { ...closing, errorCode: null, postDialDelayMs: null },
    ...more,
  } as CallRecord;
}
const person = (more: object = {}) => ({ userId: alice, displayName: null, callingName: null, answer: null, ...more });

describe('MissedCalls', () => {
  let clock: FakeClock;
  let kept: CallRecord[];
  let asked: number;
  let told: string[];
  let missed: MissedCalls;
  beforeEach(() => {
    clock = new FakeClock(100 * hourMs);
    kept = [];
    asked = 0;
    told = [];
    const pageByUser = async (_: string, { before = '0', limit }: { before?: string; limit: number }) => {
      asked += 1;
      const end = Number(before) + limit;
      return { records: kept.slice(Number(before), end), nextCursor: end < kept.length ? String(end) : null };
    };
    missed = new MissedCalls({ records: { pageByUser }, marks: new MemoryCollection<KeptSeenMark>(), clock });
    missed.on('seen', ({ userId }) => told.push(userId));
  });

  it('counts who called in vain, and nobody else', async () => {
    const at = clock.now();
    kept = [
      call(at - 1),
      call(at - 2, { direction: 'outgoing' }),
      call(at - 3, { answeredAtMs: at - 5 }),
      call(at - 4, { closing: null }),
      call(at - 5, { participants: [person({ answer: 'declined' })] }),
      call(at - 6, { participants: [person({ userId: userIdSchema.parse('bob') })] }),
      call(at - 7),
    ];
    expect(await missed.of(alice)).toEqual({ count: 2, seenUntilMs: 0 });
  });

  it('counts none that ended before the person looked, and says once that they did', async () => {
    const at = clock.now();
    kept = [call(at - 100), call(at - 200.4)];
    expect(await missed.markSeen(alice, Math.round(at - 200.4))).toEqual({ count: 1, seenUntilMs: at - 200 });
    expect(await missed.markSeen(alice, at - 100)).toEqual({ count: 0, seenUntilMs: at - 100 });
    expect(await missed.markSeen(alice, at - 100)).toMatchObject({ count: 0 });
    expect(await missed.markSeen(alice, at - 300)).toEqual({ count: 0, seenUntilMs: at - 100 });
    expect(told).toEqual(['alice', 'alice']);
    kept = [call(at - 99), ...kept];
    expect(await missed.of(alice)).toMatchObject({ count: 1 });
  });

  it('counts a call that still rang when the person looked, and takes no look into the future for one', async () => {
    const at = clock.now();
    kept = [call(at + 5000)];
    expect(await missed.markSeen(alice, at + hourMs)).toEqual({ count: 1, seenUntilMs: at });
  });

  it('looks no further back than it must', async () => {
    const at = clock.now();
    kept = Array.from({ length: 1000 }, (_, index) => call(at - 20_000 - index, { direction: 'outgoing' }));
    await missed.of(alice);
    expect(asked).toBe(mostLookedAt / 100);
    asked = 0;
    kept = [call(at - 1), ...kept.map((one) => ({ ...one, requestedAtMs: at - 2 * hourMs }))];
    await missed.markSeen(alice, at - 2);
    expect(asked).toBe(1);
  });

  it('counts up to ninety-nine', async () => {
    kept = Array.from({ length: 150 }, (_, index) => call(clock.now() - index));
    expect(await missed.of(alice)).toMatchObject({ count: mostCounted });
  });
});
