import { describe, expect, it } from 'vitest';
import type { UsageStore } from '../ports/UsageStore.ts';
import {
  answerMicros,
  claim,
  day,
  dayStart,
  id,
  midnight,
  noon,
  price,
  readUse,
  request,
  talk,
} from './usageFixtures.ts';

/** Who is let in: of every `UsageStore`. */
export function describeUsageAdmission(create: () => Promise<UsageStore>): void {
  describe('admits', () => {
    it('exactly as many calls at once as are allowed, of ten at the same instant', async () => {
      const usage = await create();
      const claims = [claim({ callsAtOnce: 3 })];
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) => usage.admit(request(`${index}`, claims))),
      );
      expect(answers.filter((answer) => answer === null)).toHaveLength(3);
      expect(answers[9]).toEqual({
        meterId: 'rule:us|caller:alice',
        limit: 'callsAtOnce',
        allowed: 3,
        used: 3,
        retryAtMs: null,
      });
      await usage.ended(id('1'), noon + 1);
      expect(await usage.admit(request('10', claims, { atMs: noon + 1 }))).toBeNull();
      expect(await usage.admit(request('11', claims, { atMs: noon + 1 }))).toMatchObject({ limit: 'callsAtOnce' });
    });

    it('nobody where nothing is allowed, and says no time', async () => {
      const usage = await create();
      for (const limit of ['callsAtOnce', 'callsPerMinute', 'talkMsPerDay', 'costMicrosPerDay'] as const) {
        const refusal = await usage.admit(request('1', [claim({ [limit]: 0 })], { price }));
        expect(refusal).toEqual({ meterId: 'rule:us|caller:alice', limit, allowed: 0, used: 0, retryAtMs: null });
      }
      expect(await readUse(usage, noon)).toMatchObject({ callsAtOnce: 0, callsPerMinute: 0 });
    });

    it('as many calls within 60,000 ms as are allowed: one more a millisecond too early is refused, then not', async () => {
      const usage = await create();
      const claims = [claim({ callsPerMinute: 2 })];
      for (const [index, atMs] of [noon, noon + 10_000].entries()) {
        expect(await usage.admit(request(`${index}`, claims, { atMs }))).toBeNull();
        await usage.ended(id(`${index}`), atMs);
      }
      const early = await usage.admit(request('2', claims, { atMs: noon + 59_999 }));
      expect(early).toMatchObject({ limit: 'callsPerMinute', allowed: 2, used: 2, retryAtMs: noon + 60_000 });
      expect(await usage.admit(request('3', claims, { atMs: noon + 60_000 }))).toBeNull();
      const next = await usage.admit(request('4', claims, { atMs: noon + 60_000 }));
      expect(next).toMatchObject({ used: 2, retryAtMs: noon + 70_000 });
    });

    it('says when enough calls of the minute are out, where the limit was lowered', async () => {
      const usage = await create();
      for (const second of [0, 1, 2, 3]) {
        await usage.admit(request(`${second}`, [claim({ callsPerMinute: 4 })], { atMs: noon + second * 1000 }));
      }
      const refusal = await usage.admit(request('4', [claim({ callsPerMinute: 2 })], { atMs: noon + 4000 }));
      expect(refusal).toMatchObject({ used: 4, retryAtMs: noon + 62_000 });
    });

    it('does not keep people waiting for an hour where the clock was set back by one', async () => {
      const usage = await create();
      const claims = [claim({ callsPerMinute: 1 })];
      await usage.admit(request('1', claims));
      expect(await usage.admit(request('2', claims, { atMs: noon - 59_999 }))).toMatchObject({ used: 1 });
      expect(await usage.admit(request('3', claims, { atMs: noon - 3_600_000 }))).toBeNull();
    });

    it('until the last millisecond of the day’s talking time is used', async () => {
      const usage = await create();
      const claims = [claim({ talkMsPerDay: 60_000 })];
      await talk(usage, request('1', claims));
      await usage.ended(id('1'), noon + 59_999);
      expect(await usage.check(request('2', claims, { atMs: noon + 70_000 }))).toBeNull();
      await talk(usage, request('2', claims, { atMs: noon + 70_000 }));
      await usage.ended(id('2'), noon + 70_001);
      const refusal = await usage.admit(request('3', claims, { atMs: noon + 70_001 }));
      expect(refusal).toMatchObject({ limit: 'talkMsPerDay', allowed: 60_000, used: 60_000, retryAtMs: midnight });
      expect(await usage.admit(request('4', claims, { atMs: midnight - 1 }))).not.toBeNull();
      expect(await usage.admit(request('5', claims, { atMs: midnight }))).toBeNull();
    });

    it('nobody while running calls have used up the day', async () => {
      const usage = await create();
      const claims = [claim({ talkMsPerDay: 60_000 })];
      await talk(usage, request('1', claims));
      expect(await usage.check(request('2', claims, { atMs: noon + 59_999 }))).toBeNull();
      expect(await usage.check(request('2', claims, { atMs: noon + 60_000 }))).toMatchObject({ used: 60_000 });
    });

    it('only calls whose fee and first interval can be paid', async () => {
      const usage = await create();
      const exactly = [claim({ costMicrosPerDay: answerMicros })];
      const short = await usage.admit(request('1', [claim({ costMicrosPerDay: answerMicros - 1 })], { price }));
      expect(short).toMatchObject({ limit: 'costMicrosPerDay', used: 0, retryAtMs: null });
      expect(await usage.admit(request('2', exactly, { price }))).toBeNull();
    });

    it('one of two dials at once where the money is enough for one, and the other when the first was not answered', async () => {
      const usage = await create();
      const claims = [claim({ costMicrosPerDay: 2 * answerMicros - 1 })];
      expect(await usage.admit(request('1', claims, { price }))).toBeNull();
      const refusal = await usage.admit(request('2', claims, { price }));
      expect(refusal).toMatchObject({ limit: 'costMicrosPerDay', used: answerMicros, retryAtMs: null });
      await usage.ended(id('1'), noon + 1);
      expect(await usage.admit(request('2', claims, { price, atMs: noon + 1 }))).toBeNull();
      await usage.answered(id('2'), noon + 2);
      await usage.ended(id('2'), noon + 2);
      const spent = await usage.admit(request('3', claims, { price, atMs: noon + 3 }));
      expect(spent).toMatchObject({ used: answerMicros, retryAtMs: midnight });
    });

    it('calls that cost nothing although the money is spent', async () => {
      const usage = await create();
      const claims = [claim({ costMicrosPerDay: answerMicros })];
      await talk(usage, request('1', claims, { price }));
      expect(await usage.admit(request('2', claims, { price: null }))).toBeNull();
      const free = { ...price, connectionFeeMicros: 0, microsPerMinute: 0 };
      expect(await usage.admit(request('3', claims, { price: free }))).toBeNull();
      expect(await usage.admit(request('4', claims, { price: { ...free, connectionFeeMicros: 1 } }))).not.toBeNull();
    });

    it('at all meters or at none, and names the first that refuses', async () => {
      const usage = await create();
      const own = claim({ callsAtOnce: 5, callsPerMinute: 5 });
      const shared = claim({ callsPerMinute: 1, talkMsPerDay: 0 }, { meterId: 'rule:us' });
      expect(await usage.admit(request('1', [own, shared], { price }))).toMatchObject({
        meterId: 'rule:us',
        limit: 'talkMsPerDay',
      });
      expect(await usage.read([own, shared], noon)).toEqual(
        [own, shared].map(({ meterId }) => ({ meterId, callsAtOnce: 0, callsPerMinute: 0, talkMs: 0, costMicros: 0 })),
      );
      await usage.admit(request('2', [own, { ...shared, limits: { callsPerMinute: 1 } }]));
      expect(await usage.admit(request('3', [own, shared]))).toMatchObject({ limit: 'callsPerMinute' });
      expect(await usage.admit(request('3', [{ ...own, limits: { callsAtOnce: 1 } }, shared]))).toMatchObject({
        meterId: own.meterId,
        limit: 'callsAtOnce',
      });
    });

    it('the same call once, and tells by a check without admitting it', async () => {
      const usage = await create();
      const claims = [claim({ callsAtOnce: 1, callsPerMinute: 1 })];
      expect(await usage.check(request('1', claims))).toBeNull();
      expect(await usage.admit(request('1', claims))).toBeNull();
      expect(await usage.admit(request('1', claims, { atMs: noon + 5 }))).toBeNull();
      expect(await readUse(usage, noon + 5)).toMatchObject({ callsAtOnce: 1, callsPerMinute: 1 });
      expect(await usage.check(request('2', claims))).toMatchObject({ limit: 'callsAtOnce', used: 1 });
    });

    it('a call that names a meter twice, which then counts it once', async () => {
      const usage = await create();
      const call = await talk(usage, request('1', [claim({ callsAtOnce: 1 }), claim({ talkMsPerDay: 9000 })]));
      expect(await readUse(usage, noon + 1000)).toMatchObject({ callsAtOnce: 1, callsPerMinute: 1, talkMs: 1000 });
      await usage.ended(call, noon + 2000);
      expect(await readUse(usage, noon + 2000)).toMatchObject({ callsAtOnce: 0, callsPerMinute: 1, talkMs: 2000 });
    });

    it('by the day in which it asks, also where the claim names an earlier one', async () => {
      const usage = await create();
      const claims = [claim({ talkMsPerDay: 1000 }, { day: { fromMs: dayStart - 86_400_000, toMs: dayStart } })];
      await talk(usage, request('1', [claim()]));
      const refusal = await usage.admit(request('2', claims, { atMs: noon + 1000 }));
      expect(refusal).toMatchObject({ used: 1000, retryAtMs: day.toMs });
    });
  });
}
