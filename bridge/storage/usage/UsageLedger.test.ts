import { describe, expect, it } from 'vitest';
import { claim, day, hourMs, id, midnight, noon, price, request, server } from '../contracts/usageFixtures.ts';
import { expectNoInterleavingPassesALimit } from '../contracts/usageInterleavings.ts';
import { MemoryUsageStore } from '../memory/index.ts';
import { type MeterSlice, UsageLedger } from './index.ts';

/** A ledger whose saved slices are kept, as a database would. */
function savedLedger() {
  const saved = new Map<string, MeterSlice>();
  const ledger = new UsageLedger({ onBooked: (slice) => saved.set(`${slice.meterId} ${slice.fromMs}`, slice) });
  const reopen = () => {
    const again = new UsageLedger();
    for (const slice of saved.values()) again.load(slice);
    return again;
  };
  return { ledger, saved, reopen };
}

function talk(ledger: UsageLedger, asked = request('1', [claim()])) {
  expect(ledger.admit(asked).refusal).toBeNull();
  ledger.answered(asked.callId, asked.atMs);
}

describe('UsageLedger', () => {
  it('lets no interleaving pass a limit, also when running calls are booked in between', async () => {
    const ledger = new UsageLedger();
    await expectNoInterleavingPassesALimit(new MemoryUsageStore({ ledger }), {
      numRuns: 300,
      save: (atMs) => ledger.bookRunning(atMs),
    });
  });

  it('tells what it books, so that another ledger can go on with it', () => {
    const { ledger, reopen } = savedLedger();
    talk(ledger, request('1', [claim()], { atMs: midnight - hourMs, price }));
    ledger.bookRunning(midnight + hourMs);
    const today = { ...claim(), day: { fromMs: midnight, toMs: midnight + 24 * hourMs } };
    for (const one of [claim(), today]) {
      const atMs = one === today ? midnight + hourMs : midnight - 1;
      const [use] = reopen().read([one], atMs);
      expect(use).toMatchObject({ callsAtOnce: 0, talkMs: hourMs });
      expect(use?.costMicros).toBe(ledger.read([one], atMs)[0]?.costMicros);
    }
    ledger.ended(id('1'), midnight + hourMs + 5);
    expect(reopen().read([today], midnight + hourMs)[0]?.talkMs).toBe(hourMs + 5);
  });

  it('takes back what was booked after the moment at which a call ended', () => {
    const { ledger, reopen } = savedLedger();
    const alone = savedLedger();
    for (const one of [ledger, alone.ledger]) talk(one, request('1', [claim()], { price }));
    ledger.bookRunning(noon + 2 * hourMs);
    for (const one of [ledger, alone.ledger]) one.ended(id('1'), noon + 40_000);
    for (const one of [ledger, reopen()]) {
      expect(one.read([claim()], noon + 3 * hourMs)).toMatchObject([
        { talkMs: 40_000, costMicros: alone.ledger.read([claim()], noon + hourMs)[0]?.costMicros },
      ]);
    }
  });

  it('keeps no more slices of a meter than a day has quarters of an hour, and forgets those of two days ago', () => {
    const { ledger, saved } = savedLedger();
    talk(ledger, request('1', [claim()], { atMs: day.fromMs }));
    ledger.bookRunning(midnight);
    expect(saved.size).toBe(96);
    ledger.ended(id('1'), midnight);
    const asked = claim({}, { day: { fromMs: day.fromMs, toMs: Number.MAX_SAFE_INTEGER } });
    const talked = (atMs: number) => {
      for (const callId of ['2', '3']) {
        ledger.admit(request(callId, [claim()], { atMs }));
        ledger.ended(id(callId), atMs);
      }
      return ledger.read([asked], atMs)[0]?.talkMs;
    };
    expect(talked(midnight + 24 * hourMs)).toBe(24 * hourMs);
    expect(talked(midnight + 36 * hourMs)).toBe(12 * hourMs);
  });

  it('forgets meters that nobody uses any more, a few with each call', () => {
    const ledger = new UsageLedger();
    const meters = 10_000;
    for (let number = 0; number < meters; number += 1) {
      const callId = `${number}`;
      talk(ledger, request(callId, [claim({}, { meterId: `meter ${callId}` })]));
      ledger.ended(id(callId), noon + 1000);
    }
    expect(ledger.size).toBe(meters);
    const later = noon + 72 * hourMs;
    for (let number = 0; number < meters / 2; number += 1) {
      ledger.admit(request(`later ${number}`, [claim({}, { meterId: 'later' })], { atMs: later }));
    }
    expect(ledger.size).toBe(1);
  });

  it('forgets no meter with a running call, and none within the minute of its last admission', () => {
    const ledger = new UsageLedger();
    talk(ledger, request('long', [claim({}, { meterId: 'long' })]));
    const later = noon + 72 * hourMs;
    for (let number = 0; number < 50; number += 1) {
      const callId = `${number}`;
      ledger.admit(request(callId, [claim({}, { meterId: callId })], { atMs: later }));
      ledger.ended(id(callId), later);
    }
    expect(ledger.size).toBe(51);
    expect(
      ledger.check(request('again', [claim({ callsPerMinute: 1 }, { meterId: '7' })], { atMs: later })),
    ).not.toBeNull();
    expect(ledger.exhaustions(server, later)).toEqual([]);
    expect(ledger.read([claim({}, { meterId: 'long' })], later)[0]).toMatchObject({ callsAtOnce: 1 });
  });
});
