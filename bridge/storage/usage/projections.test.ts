import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChargedCall, projectCost } from './projectCost.ts';
import { projectTalk } from './projectTalk.ts';
import type { Span } from './usageDay.ts';

// Days so short that every millisecond and every step can be gone through.
const days: readonly Span[] = [
  { fromMs: 0, toMs: 90 },
  { fromMs: 90, toMs: 190 },
  { fromMs: 190, toMs: 250 },
];
const bookedOf = (booked: readonly number[]) => (day: Span) => booked[days.indexOf(day)] ?? 0;
const startMs = fc.integer({ min: 0, max: 120 });

/** Millisecond by millisecond, each call that talks takes one as long as there is one. */
function talkThrough(startsMs: readonly number[], allowedMs: number, booked: readonly number[]): (number | null)[] {
  const ends: (number | null)[] = startsMs.map(() => null);
  for (const [number, day] of days.entries()) {
    let left = allowedMs - (booked[number] ?? 0);
    for (let atMs = day.fromMs; atMs < day.toMs; atMs += 1) {
      for (const [index, start] of startsMs.entries()) {
        if (start > atMs || ends[index] !== null) continue;
        if (left > 0) left -= 1;
        else ends[index] = atMs;
      }
    }
  }
  return ends;
}

/** Millisecond by millisecond, each call that begins a step pays it as long as that can be paid. */
function payThrough(calls: readonly ChargedCall[], allowed: number, booked: readonly number[]): (number | null)[] {
  const ends: (number | null)[] = calls.map(() => null);
  for (const [number, day] of days.entries()) {
    let left = allowed - (booked[number] ?? 0);
    for (let atMs = day.fromMs; atMs < day.toMs; atMs += 1) {
      for (const [index, { price, answeredAtMs, fromMs }] of calls.entries()) {
        const talkedMs = atMs - answeredAtMs;
        if (atMs < fromMs || ends[index] !== null || talkedMs < price.firstMs) continue;
        if ((talkedMs - price.firstMs) % price.incrementMs !== 0) continue;
        const charge =
          chargeUpTo(price.microsPerMinute, talkedMs + price.incrementMs) - chargeUpTo(price.microsPerMinute, talkedMs);
        if (charge === 0 || charge <= left) left -= charge;
        else ends[index] = atMs;
      }
    }
  }
  return ends;
}

const chargeUpTo = (microsPerMinute: number, ms: number) => Math.ceil((microsPerMinute * ms) / 60_000);

describe('projectTalk', () => {
  it('ends calls where going through each millisecond does', () => {
    const starts = fc.array(startMs, { minLength: 1, maxLength: 6 });
    const booked = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(starts, fc.integer({ min: 0, max: 400 }), booked, (fromMs, allowedMs, used) => {
        const projected = projectTalk({ fromMs, allowedMs, bookedMs: bookedOf(used), days });
        expect(projected).toEqual(talkThrough(fromMs, allowedMs, used));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('projectCost', () => {
  const call = fc
    .record({
      answeredAtMs: startMs,
      bookedForMs: fc.integer({ min: 1, max: 30 }),
      microsPerMinute: fc.oneof(fc.integer({ min: 0, max: 3_000_000 }), fc.constantFrom(60_000, 600_000)),
      firstMs: fc.integer({ min: 1, max: 20 }),
      incrementMs: fc.integer({ min: 1, max: 20 }),
    })
    .map(({ answeredAtMs, bookedForMs, ...price }): ChargedCall => {
      return { price: { ...price, connectionFeeMicros: 0 }, answeredAtMs, fromMs: answeredAtMs + bookedForMs };
    });

  it('ends calls where going through each step does', () => {
    const booked = fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(call, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 0, max: 6000 }),
        booked,
        (calls, allowedMicros, used) => {
          const projected = projectCost({ calls, allowedMicros, bookedMicros: bookedOf(used), days });
          expect(projected).toEqual(payThrough(calls, allowedMicros, used));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('takes no longer where millions of steps are paid before', () => {
    const price = { connectionFeeMicros: 0, microsPerMinute: 60, firstMs: 1, incrementMs: 1 };
    const calls = Array.from({ length: 100 }, (_, index) => ({ price, answeredAtMs: index, fromMs: index + 1 }));
    const day = { fromMs: 0, toMs: 86_400_000 };
    const ends = projectCost({ calls, allowedMicros: 8_000_000, bookedMicros: () => 0, days: [day] });
    // Each call pays a millionth for a second; 80,000 seconds each.
    expect(ends.every((endMs) => endMs !== null && Math.abs(endMs - 80_000_000) <= 1100)).toBe(true);
  });
});
