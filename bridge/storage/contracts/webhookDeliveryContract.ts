import { describe, expect, it } from 'vitest';
import { callServerIdSchema } from '../../../shared/domain/index.ts';
import type { NewWebhookDelivery, WebhookClaim, WebhookDeliveryStore } from '../ports/WebhookDeliveryStore.ts';

const server = callServerIdSchema.parse('main');
const plenty = 100;

export function newDelivery(id: string, change: Partial<NewWebhookDelivery> = {}): NewWebhookDelivery {
  return {
    ...{ id, webhookId: 'w1', eventId: `event of ${id}`, eventType: 'call.started', orderKey: id, createdAtMs: 1000 },
    ...{ mostAttempts: 8, nextAttemptAtMs: 1000, body: '{"id":"ü"}' },
    ...change,
  };
}

const attempt = { atMs: 2000, durationMs: 30, status: 500, problem: 'It answered 500', response: 'sorry' };

/** What every `WebhookDeliveryStore` keeps to; `create` makes an empty one. */
export function describeWebhookDeliveryStore(name: string, create: () => Promise<WebhookDeliveryStore>): void {
  const claim = (store: WebhookDeliveryStore, change: Partial<WebhookClaim> = {}) =>
    store.claim({
      ...{ callServerId: server, nowMs: 1000, untilMs: 5000, holdingAttempts: 3 },
      places: [{ webhookId: 'w1', limit: 10 }],
      ...change,
    });
  const idsOf = (deliveries: readonly { readonly id: string }[]) => deliveries.map(({ id }) => id);

  describe(`${name} as a store of webhook deliveries`, () => {
    it('keeps what was added, and takes the same id once', async () => {
      const store = await create();
      expect(await store.add([newDelivery('a')], plenty)).toBe(0);
      expect(await store.add([newDelivery('a', { body: 'other' }), newDelivery('b')], plenty)).toBe(0);
      expect(await store.get('a')).toEqual({
        ...newDelivery('a'),
        ...{ state: 'waiting', attempts: [], finishedAtMs: null },
      });
      expect(await store.get('gone')).toBeUndefined();
    });

    it('leaves out what goes beyond the bound of a webhook, keeps what was first, and tells how many', async () => {
      const store = await create();
      const many = ['a', 'b', 'c', 'd'].map((id) => newDelivery(id));
      expect(await store.add([...many, newDelivery('x', { webhookId: 'w2' })], 2)).toBe(2);
      expect(await store.add([newDelivery('a')], 2)).toBe(0);
      expect(await store.add([newDelivery('e')], 2)).toBe(1);
      expect([...(await store.waiting())].sort()).toEqual([
        ['w1', 2],
        ['w2', 1],
      ]);
      await store.record('a', { attempt, state: 'failed', nextAttemptAtMs: null });
      expect(await store.add([newDelivery('f')], 2)).toBe(0);
      expect(idsOf((await store.page({ filter: { webhookId: 'w1' }, limit: 9 })).deliveries)).toEqual(['f', 'b', 'a']);
    });

    it('gives what is due to one claimant alone, the oldest first, until its time runs out', async () => {
      const store = await create();
      const late = newDelivery('late', { nextAttemptAtMs: 1001 });
      await store.add([newDelivery('a'), late, newDelivery('b'), newDelivery('c')], plenty);
      expect(idsOf(await claim(store, { places: [{ webhookId: 'w1', limit: 2 }] }))).toEqual(['a', 'b']);
      expect(idsOf(await claim(store))).toEqual(['c']);
      expect(idsOf(await claim(store, { nowMs: 4999, untilMs: 9000 }))).toEqual(['late']);
      expect(idsOf(await claim(store, { nowMs: 5000, untilMs: 9000 }))).toEqual(['a', 'b', 'c']);
      expect((await store.get('a'))?.nextAttemptAtMs).toBe(1000);
    });

    it('gives each webhook its own places', async () => {
      const store = await create();
      await store.add([newDelivery('a'), newDelivery('x', { webhookId: 'w2' })], plenty);
      const places = [
        { webhookId: 'w1', limit: 0 },
        { webhookId: 'w2', limit: 1 },
      ];
      expect(idsOf(await claim(store, { places }))).toEqual(['x']);
    });

    it('holds up what comes after in the same call, until that has failed often enough', async () => {
      const store = await create();
      const ofCall = (id: string, callId: string) => newDelivery(id, { orderKey: callId });
      await store.add([ofCall('a1', 'a'), ofCall('b1', 'b'), ofCall('a2', 'a'), ofCall('a3', 'a')], plenty);
      expect(idsOf(await claim(store))).toEqual(['a1', 'b1']);
      await store.record('a1', { attempt, state: 'waiting', nextAttemptAtMs: 900_000 });
      await store.record('a1', { attempt, state: 'waiting', nextAttemptAtMs: 900_000 });
      expect(await claim(store)).toEqual([]);
      await store.record('a1', { attempt, state: 'waiting', nextAttemptAtMs: 900_000 });
      expect(idsOf(await claim(store))).toEqual(['a2']);
      await store.record('a2', { attempt, state: 'delivered', nextAttemptAtMs: null });
      expect(idsOf(await claim(store))).toEqual(['a3']);
    });

    it('writes down each try, and when it is over', async () => {
      const store = await create();
      await store.add([newDelivery('a')], plenty);
      await claim(store);
      await store.record('a', { attempt, state: 'waiting', nextAttemptAtMs: 3000 });
      expect(await store.get('a')).toMatchObject({ state: 'waiting', nextAttemptAtMs: 3000, finishedAtMs: null });
      expect(await claim(store, { nowMs: 2999 })).toEqual([]);
      expect(idsOf(await claim(store, { nowMs: 3000 }))).toEqual(['a']);
      const good = { ...attempt, atMs: 3000, status: 204, problem: null, response: '' };
      await store.record('a', { attempt: good, state: 'delivered', nextAttemptAtMs: null });
      expect(await store.get('a')).toMatchObject({ state: 'delivered', finishedAtMs: 3030, attempts: [attempt, good] });
      expect(await claim(store, { nowMs: 99_999 })).toEqual([]);
      await store.record('gone', { attempt, state: 'failed', nextAttemptAtMs: null });
    });

    it('makes due again what a call server had under way when it ended', async () => {
      const store = await create();
      await store.add([newDelivery('a'), newDelivery('b'), newDelivery('c')], plenty);
      await claim(store);
      await store.record('b', { attempt, state: 'delivered', nextAttemptAtMs: null });
      await store.record('c', { attempt, state: 'waiting', nextAttemptAtMs: 8000 });
      await store.release(callServerIdSchema.parse('other'));
      expect(await claim(store)).toEqual([]);
      await store.release(server);
      expect(idsOf(await claim(store))).toEqual(['a']);
    });

    it('tells the log page by page, the newest first, by webhook and by state', async () => {
      const store = await create();
      await store.add(
        ['a', 'b', 'c'].map((id) => newDelivery(id)),
        plenty,
      );
      await store.add([newDelivery('x', { webhookId: 'w2' })], plenty);
      await store.record('b', { attempt, state: 'failed', nextAttemptAtMs: null });
      const filter = { webhookId: 'w1' };
      const first = await store.page({ filter, limit: 2 });
      expect(idsOf(first.deliveries)).toEqual(['c', 'b']);
      await store.add([newDelivery('d')], plenty);
      const second = await store.page({ filter, limit: 2, before: first.nextCursor ?? '' });
      expect(second).toMatchObject({ deliveries: [{ id: 'a' }], nextCursor: null });
      expect(idsOf((await store.page({ filter: { ...filter, state: 'failed' }, limit: 9 })).deliveries)).toEqual(['b']);
      expect(idsOf((await store.page({ limit: 2 })).deliveries)).toEqual(['d', 'x']);
      await expect(store.page({ limit: 2, before: 'nonsense' })).rejects.toMatchObject({ code: 'badCursor' });
    });

    it('knows whether a webhook took anything of late', async () => {
      const store = await create();
      await store.add([newDelivery('a'), newDelivery('b', { webhookId: 'w2' })], plenty);
      await store.record('a', { attempt, state: 'delivered', nextAttemptAtMs: null });
      expect(await store.hasDelivered('w1', 2030)).toBe(true);
      expect(await store.hasDelivered('w1', 2031)).toBe(false);
      expect(await store.hasDelivered('w2', 0)).toBe(false);
    });

    it('forgets what is old, so many at a time, and all of a webhook that is gone', async () => {
      const store = await create();
      const old = ['a', 'b', 'c'].map((id) => newDelivery(id, { createdAtMs: 10 }));
      await store.add([...old, newDelivery('d', { createdAtMs: 11 }), newDelivery('x', { webhookId: 'w2' })], plenty);
      expect(await store.forget(11, 2)).toBe(2);
      expect(await store.forget(11, 2)).toBe(1);
      await store.forgetWebhook('w2');
      expect(idsOf((await store.page({ limit: 9 })).deliveries)).toEqual(['d']);
    });
  });
}
