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

/** When running calls meet their limits: of every `UsageStore`. */
export function describeUsageExhaustion(create: () => Promise<UsageStore>): void {
  const endsOf = async (usage: UsageStore, atMs: number, of = server) =>
    (await usage.exhaustions(of, atMs)).map(({ callId, atMs: endMs }) => [callId, endMs - noon]);

  describe('foresees', () => {
    it('nothing for calls that ring, that have no limit, or that another call server has', async () => {
      const usage = await create();
      await usage.admit(request('rings', [claim({ talkMsPerDay: 1000 })], { price }));
      await talk(usage, request('free', [claim({ callsAtOnce: 9 })], { price }));
      await talk(usage, request('elsewhere', [claim({ talkMsPerDay: 9000 })], { callServerId: otherServer }));
      expect(await usage.exhaustions(server, noon)).toEqual([]);
      expect(await endsOf(usage, noon, otherServer)).toEqual([['elsewhere', 4500]]);
    });

    it('when one call has used up the talking time, whenever it is asked', async () => {
      const usage = await create();
      await usage.ended(await talk(usage, request('1', [claim()])), noon + 4000);
      await talk(usage, request('2', [claim({ talkMsPerDay: 10_000 })], { atMs: noon + 5000 }));
      const expected = [{ callId: '2', meterId: 'rule:us|caller:alice', limit: 'talkMsPerDay', atMs: noon + 11_000 }];
      for (const atMs of [noon + 5000, noon + 11_000, noon + 20_000]) {
        expect(await usage.exhaustions(server, atMs)).toEqual(expected);
      }
      await usage.ended(id('2'), noon + 11_000);
      expect(await usage.exhaustions(server, noon + 20_000)).toEqual([]);
      expect((await readUse(usage, noon + 20_000)).talkMs).toBe(10_000);
    });

    it('that n calls use up what is left n times as fast, and that it takes longer when one of them ends', async () => {
      const usage = await create();
      const claims = [claim({ talkMsPerDay: 60_000 })];
      for (const callId of ['1', '2', '3']) await talk(usage, request(callId, claims));
      expect(await endsOf(usage, noon)).toEqual([
        ['1', 20_000],
        ['2', 20_000],
        ['3', 20_000],
      ]);
      await usage.ended(id('2'), noon + 10_000);
      expect(await endsOf(usage, noon + 10_000)).toEqual([
        ['1', 25_000],
        ['3', 25_000],
      ]);
    });

    it('every millisecond that is left: those that can’t be shared evenly go to the first', async () => {
      const usage = await create();
      const claims = [claim({ talkMsPerDay: 100 })];
      for (const callId of ['1', '2', '3']) await talk(usage, request(callId, claims));
      const ends = await usage.exhaustions(server, noon);
      expect(ends.map(({ atMs }) => atMs - noon)).toEqual([34, 33, 33]);
      for (const { callId, atMs } of ends) await usage.ended(callId, atMs);
      expect((await readUse(usage, noon + 99)).talkMs).toBe(100);
    });

    it('that calls answered one after another share what is left from then on', async () => {
      const usage = await create();
      const claims = [claim({ talkMsPerDay: 60_000 })];
      await talk(usage, request('1', claims));
      await talk(usage, request('2', claims, { atMs: noon + 20_000 }));
      expect(await endsOf(usage, noon + 20_000)).toEqual([
        ['1', 40_000],
        ['2', 40_000],
      ]);
    });

    it('nothing where the day ends before the time is used up, and the next day begins anew', async () => {
      const usage = await create();
      const atMs = midnight - 60_000;
      await talk(usage, request('1', [claim({ talkMsPerDay: 60_000 })], { atMs }));
      await talk(usage, request('2', [claim({ talkMsPerDay: 59_999 }, { meterId: 'less' })], { atMs }));
      const ends = await usage.exhaustions(server, atMs);
      expect(ends.map(({ callId, atMs: endMs }) => [callId, endMs - midnight])).toEqual([
        ['1', 60_000],
        ['2', -1],
      ]);
    });

    it('nothing for one who may talk for the whole day, and the border of one who may talk an hour less than a long day', async () => {
      const usage = await create();
      const changing = { ...day, laterEndsMs: [midnight + 25 * hourMs, midnight + 49 * hourMs] };
      await talk(usage, request('1', [claim({ talkMsPerDay: 25 * hourMs }, { day: changing })]));
      await talk(usage, request('2', [claim({ talkMsPerDay: 24 * hourMs }, { day: changing, meterId: 'two' })]));
      const ends = await usage.exhaustions(server, noon);
      expect(ends).toMatchObject([{ callId: '2', atMs: midnight + 24 * hourMs }]);
    });

    it('looks at later days once they have come', async () => {
      const usage = await create();
      const later = [1, 2, 3, 4].map((days) => midnight + days * 24 * hourMs);
      // The fourth day has an hour more, which is beyond what is looked at on the first.
      const changing = { ...day, laterEndsMs: [...later.slice(0, 3), midnight + 97 * hourMs] };
      await talk(usage, request('1', [claim({ talkMsPerDay: 24 * hourMs }, { day: changing })]));
      expect(await usage.exhaustions(server, noon)).toEqual([]);
      expect(await usage.exhaustions(server, midnight + 71 * hourMs)).toMatchObject([{ atMs: midnight + 96 * hourMs }]);
    });

    it('the step that what is left does not pay', async () => {
      const usage = await create();
      const allowed = answerMicros + 2 * stepMicros;
      await talk(usage, request('1', [claim({ costMicrosPerDay: allowed })], { price }));
      const [end] = await usage.exhaustions(server, noon);
      expect(end).toEqual({
        callId: '1',
        meterId: 'rule:us|caller:alice',
        limit: 'costMicrosPerDay',
        atMs: noon + 42_000,
      });
      await usage.ended(id('1'), noon + 42_000);
      expect((await readUse(usage, noon + 50_000)).costMicros).toBe(allowed);
    });

    it('a millionth too little as a step less', async () => {
      const usage = await create();
      await talk(usage, request('1', [claim({ costMicrosPerDay: answerMicros + 2 * stepMicros - 1 })], { price }));
      expect(await endsOf(usage, noon)).toEqual([['1', 36_000]]);
    });

    it('for several calls, each at the begin of its own next step once the money is out', async () => {
      const usage = await create();
      const claims = [claim({ costMicrosPerDay: 2 * answerMicros + 3 * stepMicros })];
      await talk(usage, request('1', claims, { price }));
      await talk(usage, request('2', claims, { price, atMs: noon + 1000 }));
      // Steps: call 1 at 30 s, call 2 at 31 s, call 1 at 36 s; that at 37 s can't be paid, nor the next of call 1.
      expect(await endsOf(usage, noon + 1000)).toEqual([
        ['1', 42_000],
        ['2', 37_000],
      ]);
      await usage.ended(id('2'), noon + 37_000);
      expect(await endsOf(usage, noon + 37_000)).toEqual([['1', 42_000]]);
      await usage.ended(id('1'), noon + 42_000);
      expect((await readUse(usage, noon + 42_000)).costMicros).toBe(2 * answerMicros + 3 * stepMicros);
    });

    it('that the rest which does not pay a dear step still pays cheap ones', async () => {
      const usage = await create();
      const cheap = { connectionFeeMicros: 0, microsPerMinute: 60, firstMs: 1000, incrementMs: 1000 };
      const allowed = answerMicros + 1 + stepMicros + 40 + 5;
      await talk(usage, request('dear', [claim({ costMicrosPerDay: allowed })], { price }));
      await talk(usage, request('cheap', [claim({ costMicrosPerDay: allowed })], { price: cheap }));
      // At 36 s the dear one wants its second step; the cheap one has had 36 of its 45 millionths besides the first.
      expect(await endsOf(usage, noon)).toEqual([
        ['dear', 36_000],
        ['cheap', 46_000],
      ]);
    });

    it('that what is set aside for a call that rings is not there for those that talk', async () => {
      const usage = await create();
      const claims = [claim({ costMicrosPerDay: 2 * answerMicros + stepMicros })];
      await talk(usage, request('1', claims, { price }));
      const alone = await endsOf(usage, noon);
      await usage.admit(request('2', claims, { price, atMs: noon + 1000 }));
      expect(await endsOf(usage, noon + 1000)).toEqual([['1', 36_000]]);
      await usage.ended(id('2'), noon + 2000);
      expect(await endsOf(usage, noon + 2000)).toEqual(alone);
    });

    it('that money comes anew with the day', async () => {
      const usage = await create();
      const atMs = midnight - 33_000;
      const claims = [claim({ costMicrosPerDay: answerMicros + stepMicros })];
      await talk(usage, request('1', claims, { atMs, price }));
      // Seven steps are paid in the new day, from 3 s after midnight on.
      const [end] = await usage.exhaustions(server, atMs);
      expect((end?.atMs ?? 0) - midnight).toBe(3000 + 7 * 6000);
    });

    it('a day of free steps as endless, and a fee alone as no reason to end', async () => {
      const usage = await create();
      const fee = { connectionFeeMicros: 5, microsPerMinute: 0, firstMs: 1000, incrementMs: 1000 };
      await talk(usage, request('1', [claim({ costMicrosPerDay: 5 })], { price: fee }));
      await talk(usage, request('2', [claim({ costMicrosPerDay: 5 })], { price: null }));
      expect(await usage.exhaustions(server, noon)).toEqual([]);
    });

    it('the first of several limits', async () => {
      const usage = await create();
      const shared = claim({ talkMsPerDay: 31_000 }, { meterId: 'rule:us' });
      const own = claim({ talkMsPerDay: 50_000, costMicrosPerDay: answerMicros });
      await talk(usage, request('1', [shared, own], { price }));
      expect(await usage.exhaustions(server, noon)).toMatchObject([
        { meterId: own.meterId, limit: 'costMicrosPerDay', atMs: noon + 30_000 },
      ]);
    });

    it('a limit that was passed before as past', async () => {
      const usage = await create();
      await usage.ended(await talk(usage, request('1', [claim()])), noon + 9000);
      await usage.admit(request('2', [claim({ talkMsPerDay: 10_000 })], { atMs: noon + 9000 }));
      await talk(usage, request('3', [claim()], { atMs: noon + 9000 }));
      await usage.answered(id('2'), noon + 11_000);
      expect(await endsOf(usage, noon + 11_000)).toEqual([['2', 11_000]]);
    });

    it('tells of every change that can move these times, until nobody listens any more', async () => {
      const usage = await create();
      let changes = 0;
      const stop = usage.onChange(() => {
        changes += 1;
      });
      const counted = async (act: () => Promise<unknown>) => {
        changes = 0;
        await act();
        return changes > 0;
      };
      const claims = [claim({ costMicrosPerDay: 10 * answerMicros })];
      expect(await counted(() => usage.admit(request('1', claims, { price })))).toBe(true);
      expect(await counted(() => usage.admit(request('1', claims, { price })))).toBe(false);
      expect(await counted(() => usage.answered(id('1'), noon + 1))).toBe(true);
      expect(await counted(() => usage.answered(id('1'), noon + 2))).toBe(false);
      expect(await counted(() => usage.ended(id('1'), noon + 3))).toBe(true);
      expect(await counted(() => usage.ended(id('1'), noon + 4))).toBe(false);
      expect(await counted(() => usage.endAll(server, noon + 5))).toBe(false);
      await usage.admit(request('2', claims, { price }));
      expect(await counted(() => usage.endAll(server, noon + 5))).toBe(true);
      stop();
      expect(await counted(() => usage.admit(request('3', claims, { price })))).toBe(false);
    });
  });
}
