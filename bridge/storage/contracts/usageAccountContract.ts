import { describe, expect, it } from 'vitest';
import type { UsageStore } from '../ports/UsageStore.ts';
import {
  answerMicros,
  claim,
  day,
  hourMs,
  id,
  midnight,
  noon,
  otherServer,
  price,
  readUse,
  request,
  server,
  stepMicros,
  talk,
} from './usageFixtures.ts';

/** What is put down to whom: of every `UsageStore`. */
export function describeUsageAccount(create: () => Promise<UsageStore>): void {
  describe('puts down', () => {
    it('talking from the answer to the end, to the millisecond', async () => {
      const usage = await create();
      await usage.admit(request('1', [claim()], { atMs: noon - 20_000 }));
      expect((await readUse(usage, noon)).talkMs).toBe(0);
      await usage.answered(id('1'), noon);
      await usage.answered(id('1'), noon + 500);
      expect((await readUse(usage, noon + 777)).talkMs).toBe(777);
      await usage.ended(id('1'), noon + 1001);
      await usage.ended(id('1'), noon + 5000);
      await usage.answered(id('1'), noon + 5000);
      expect(await readUse(usage, noon + 9000)).toMatchObject({ callsAtOnce: 0, talkMs: 1001, costMicros: 0 });
    });

    it('nothing for a call that was not answered, or not admitted', async () => {
      const usage = await create();
      await usage.admit(request('1', [claim()], { price }));
      await usage.ended(id('1'), noon + 9000);
      await usage.answered(id('unknown'), noon);
      await usage.ended(id('unknown'), noon + 9000);
      expect(await readUse(usage, noon + 9000)).toMatchObject({ callsPerMinute: 1, talkMs: 0, costMicros: 0 });
    });

    it.each([
      [0, answerMicros],
      [1, answerMicros],
      [30_000, answerMicros],
      [30_001, answerMicros + stepMicros],
      [36_000, answerMicros + stepMicros],
      [36_001, answerMicros + 2 * stepMicros],
      [90_000, answerMicros + 10 * stepMicros],
    ])('for %i ms of talking what the price says, while it runs and at its end', async (talkedMs, cost) => {
      const usage = await create();
      const call = await talk(usage, request('1', [claim()], { price }));
      expect((await readUse(usage, noon + talkedMs)).costMicros).toBe(cost);
      await usage.ended(call, noon + talkedMs);
      expect((await readUse(usage, noon + talkedMs)).costMicros).toBe(cost);
    });

    it('what is set aside for a call that rings as its cost', async () => {
      const usage = await create();
      await usage.admit(request('1', [claim()], { price }));
      expect((await readUse(usage, noon)).costMicros).toBe(answerMicros);
      await usage.answered(id('1'), noon + 10);
      expect((await readUse(usage, noon + 10)).costMicros).toBe(answerMicros);
    });

    it('whole millionths, rounded up once for all steps and not for each', async () => {
      const usage = await create();
      // A third of a millionth each second.
      const odd = { connectionFeeMicros: 0, microsPerMinute: 20, firstMs: 1000, incrementMs: 1000 };
      const call = await talk(usage, request('1', [claim()], { price: odd }));
      const costs = [];
      for (const second of [1, 2, 3, 4, 6]) costs.push((await readUse(usage, noon + second * 1000)).costMicros);
      expect(costs).toEqual([1, 1, 1, 2, 2]);
      await usage.ended(call, noon + 60_000);
      expect((await readUse(usage, noon + 60_000)).costMicros).toBe(20);
    });

    it('each day what was talked in it, and each step to the day in which it begins', async () => {
      const usage = await create();
      const answeredAtMs = midnight - 33_000;
      const call = await talk(usage, request('1', [claim()], { atMs: answeredAtMs, price }));
      // The step from 3 s before midnight to 3 s after it is the last of the old day.
      const old = { costMicros: answerMicros + stepMicros };
      // The same claim, asked on the next day: it names where that begins.
      const today = { talkMs: 27_000, costMicros: 4 * stepMicros };
      expect(await readUse(usage, midnight - 1)).toMatchObject({ ...old, talkMs: 32_999 });
      expect(await readUse(usage, answeredAtMs + 60_000)).toMatchObject(today);
      await usage.ended(call, answeredAtMs + 60_000);
      expect(await readUse(usage, midnight - 1)).toMatchObject({ ...old, talkMs: 33_000 });
      expect(await readUse(usage, midnight + hourMs)).toMatchObject(today);
    });

    it('days of 23 and 25 hours by the borders that the claim names, also for a call that runs through both', async () => {
      const usage = await create();
      const [short, long] = [midnight + 23 * hourMs, midnight + 48 * hourMs];
      const changing = { ...day, laterEndsMs: [short, long] };
      const call = await talk(usage, request('1', [claim({}, { day: changing })]));
      await usage.ended(call, long + hourMs);
      const talked = async (fromMs: number, toMs: number) =>
        (await readUse(usage, toMs - 1, claim({}, { day: { fromMs, toMs } }))).talkMs;
      expect(await talked(midnight, short)).toBe(23 * hourMs);
      expect(await talked(short, long)).toBe(25 * hourMs);
      expect(await talked(long, long + 24 * hourMs)).toBe(hourMs);
    });

    it('one meter by the days of several time zones', async () => {
      const usage = await create();
      const newYork = { fromMs: day.fromMs + 4 * hourMs, toMs: midnight + 4 * hourMs };
      await usage.ended(await talk(usage, request('1', [claim()], { atMs: day.fromMs })), day.fromMs + 5 * hourMs);
      expect((await readUse(usage, noon)).talkMs).toBe(5 * hourMs);
      expect((await readUse(usage, noon, claim({}, { day: newYork }))).talkMs).toBe(hourMs);
      const shared = claim({ talkMsPerDay: 2 * hourMs }, { day: newYork });
      expect(await usage.check(request('2', [shared]))).toBeNull();
      expect(await usage.check(request('2', [{ ...shared, day }]))).toMatchObject({ used: 5 * hourMs });
    });

    it('days that begin at no quarter of an hour, by the claims that name them', async () => {
      const usage = await create();
      const odd = { fromMs: noon - 1234, toMs: noon + 4321 };
      await usage.ended(await talk(usage, request('1', [claim({}, { day: odd })])), noon + 10_000);
      expect((await readUse(usage, noon + 4320, claim({}, { day: odd }))).talkMs).toBe(4321);
      expect((await readUse(usage, noon + 10_000, claim({}, { day: odd }))).talkMs).toBe(10_000 - 4321);
    });

    it('the talking of meters apart, and nothing to meters that nobody named', async () => {
      const usage = await create();
      const shared = claim({}, { meterId: 'rule:us' });
      await talk(usage, request('1', [claim(), shared]));
      await talk(usage, request('2', [claim({}, { meterId: 'rule:us|caller:bob' }), shared]));
      const uses = await usage.read([claim(), shared, claim({}, { meterId: 'rule:de' })], noon + 1000);
      expect(uses.map(({ talkMs }) => talkMs)).toEqual([1000, 2000, 0]);
      expect(uses.map(({ callsAtOnce }) => callsAtOnce)).toEqual([1, 2, 0]);
    });

    it('the whole milliseconds of times with fractions', async () => {
      const usage = await create();
      await usage.admit(request('1', [claim()], { atMs: noon + 0.9 }));
      await usage.answered(id('1'), noon + 1.9);
      await usage.ended(id('1'), noon + 3.1);
      expect((await readUse(usage, noon + 5.5)).talkMs).toBe(2);
    });

    it('what a call server’s calls had talked when it was last heard of, where it starts anew', async () => {
      const usage = await create();
      await talk(usage, request('1', [claim()], { price }));
      await talk(usage, request('2', [claim()], { callServerId: otherServer }));
      await usage.exhaustions(server, noon + 20_000);
      await usage.endAll(server, noon + hourMs);
      expect(await readUse(usage, noon + 20_000)).toMatchObject({
        callsAtOnce: 1,
        talkMs: 40_000,
        costMicros: answerMicros,
      });
      expect((await readUse(usage, noon + hourMs)).talkMs).toBe(hourMs + 20_000);
      await usage.endAll(server, noon + hourMs);
      await usage.ended(id('1'), noon + hourMs);
      expect((await readUse(usage, noon + hourMs)).talkMs).toBe(hourMs + 20_000);
    });
  });
}
