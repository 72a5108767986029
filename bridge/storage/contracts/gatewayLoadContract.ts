import { describe, expect, it } from 'vitest';
import { callIdSchema, callServerIdSchema, gatewayIdSchema } from '../../../shared/domain/index.ts';
import type { GatewayClaim, GatewayLoadStore } from '../ports/GatewayLoadStore.ts';

const first = gatewayIdSchema.parse('first');
const second = gatewayIdSchema.parse('second');
const call = (id: number | string) => callIdSchema.parse(`call-${id}`);
const server = (id: string) => callServerIdSchema.parse(id);

function claim(id: number | string, change: Partial<GatewayClaim> = {}): GatewayClaim {
  return {
    gatewayId: first,
    callId: call(id),
    callServerId: server('main'),
    atMs: 1_000_000,
    maxCalls: null,
    maxCallsPerSecond: null,
    ...change,
  };
}

/** What every `GatewayLoadStore` keeps to; `create` makes an empty one. */
export function describeGatewayLoadStore(name: string, create: () => Promise<GatewayLoadStore>): void {
  describe(`${name} as a gateway load store`, () => {
    it('gives a gateway as many places as it has, and one more when a call has left', async () => {
      const loads = await create();
      expect(await loads.claim(claim(1, { maxCalls: 2 }))).toBe('claimed');
      expect(await loads.claim(claim(2, { maxCalls: 2 }))).toBe('claimed');
      expect(await loads.claim(claim(3, { maxCalls: 2 }))).toBe('full');
      await loads.release(first, call(1));
      expect(await loads.claim(claim(3, { maxCalls: 2 }))).toBe('claimed');
    });

    it('gives exactly its places to calls that come at the same instant', async () => {
      const loads = await create();
      const answers = await Promise.all(Array.from({ length: 50 }, (_, id) => loads.claim(claim(id, { maxCalls: 7 }))));
      expect(answers.filter((answer) => answer === 'claimed')).toHaveLength(7);
      expect(await loads.counts()).toEqual(new Map([[first, 7]]));
    });

    it('takes no second place for a call that has one, also where it is full or too fast', async () => {
      const loads = await create();
      const bounds = { maxCalls: 1, maxCallsPerSecond: 1 };
      expect(await loads.claim(claim(1, bounds))).toBe('claimed');
      expect(await loads.claim(claim(1, bounds))).toBe('claimed');
      expect(await loads.counts()).toEqual(new Map([[first, 1]]));
      await loads.release(first, call(1));
      expect(await loads.counts()).toEqual(new Map());
    });

    it('ignores the release of a call that has left or never came', async () => {
      const loads = await create();
      await loads.claim(claim(1));
      await loads.release(first, call(2));
      await loads.release(second, call(1));
      expect(await loads.counts()).toEqual(new Map([[first, 1]]));
      await loads.release(first, call(1));
      await loads.release(first, call(1));
      expect(await loads.counts()).toEqual(new Map());
    });

    it('counts each gateway for itself, and a call at two of them at both', async () => {
      const loads = await create();
      await loads.claim(claim(1));
      await loads.claim(claim(1, { gatewayId: second, maxCalls: 1 }));
      await loads.claim(claim(2));
      expect(await loads.counts()).toEqual(
        new Map([
          [first, 2],
          [second, 1],
        ]),
      );
    });

    it('lets as many calls begin within any second as it may, and the next exactly a second after the oldest', async () => {
      const loads = await create();
      const at = (id: number, atMs: number) => loads.claim(claim(id, { atMs, maxCallsPerSecond: 2 }));
      expect(await at(1, 10_000)).toBe('claimed');
      expect(await at(2, 10_600)).toBe('claimed');
      expect(await at(3, 10_999)).toBe('tooFast');
      expect(await at(3, 11_000)).toBe('claimed');
      expect(await at(4, 11_599)).toBe('tooFast');
      expect(await at(4, 11_600)).toBe('claimed');
    });

    it('counts calls of the second that have ended already, and none that were refused', async () => {
      const loads = await create();
      const bounds = { maxCalls: 1, maxCallsPerSecond: 2 };
      await loads.claim(claim(1, bounds));
      expect(await loads.claim(claim(2, bounds))).toBe('full');
      await loads.release(first, call(1));
      expect(await loads.claim(claim(2, bounds))).toBe('claimed');
      await loads.release(first, call(2));
      expect(await loads.claim(claim(3, bounds))).toBe('tooFast');
    });

    it('reads a bound below one as one call within so much more than a second', async () => {
      const loads = await create();
      const at = (id: number, atMs: number) => loads.claim(claim(id, { atMs, maxCallsPerSecond: 0.25 }));
      expect(await at(1, 10_000)).toBe('claimed');
      expect(await at(2, 13_999)).toBe('tooFast');
      expect(await at(2, 14_000)).toBe('claimed');
    });

    it('reads a bound between whole numbers as the lower one', async () => {
      const loads = await create();
      const answers = await Promise.all([1, 2, 3].map((id) => loads.claim(claim(id, { maxCallsPerSecond: 2.9 }))));
      expect(answers).toEqual(['claimed', 'claimed', 'tooFast']);
    });

    it('tells who has to wait and until when, and nobody else', async () => {
      const loads = await create();
      await loads.claim(claim(1, { atMs: 10_000, maxCallsPerSecond: 2 }));
      expect(await loads.pauses(10_000)).toEqual(new Map());
      await loads.claim(claim(2, { atMs: 10_300, maxCallsPerSecond: 2 }));
      await loads.claim(claim(3, { atMs: 10_300, gatewayId: second }));
      expect(await loads.pauses(10_300)).toEqual(new Map([[first, 11_000]]));
      expect(await loads.pauses(10_999)).toEqual(new Map([[first, 11_000]]));
      expect(await loads.pauses(11_000)).toEqual(new Map());
    });

    it('lets nobody wait for a clock that was set back', async () => {
      const loads = await create();
      await loads.claim(claim(1, { atMs: 9_000_000, maxCallsPerSecond: 1 }));
      expect(await loads.pauses(5_000_000)).toEqual(new Map());
      expect(await loads.claim(claim(2, { atMs: 5_000_000, maxCallsPerSecond: 1 }))).toBe('claimed');
    });

    it('tells nobody to wait who waited for calls that a clock set back has not seen yet', async () => {
      const loads = await create();
      for (const gatewayId of [first, second]) {
        await loads.claim(claim(1, { gatewayId, atMs: 10_000, maxCallsPerSecond: 2 }));
      }
      await loads.claim(claim(2, { atMs: 10_300, maxCallsPerSecond: 2 }));
      await loads.claim(claim(2, { gatewayId: second, atMs: 10_100, maxCallsPerSecond: 2 }));
      expect(await loads.pauses(10_300)).toEqual(
        new Map([
          [first, 11_000],
          [second, 11_000],
        ]),
      );
      expect(await loads.pauses(10_299)).toEqual(new Map([[second, 11_000]]));
      expect(await loads.pauses(10_300)).toEqual(new Map([[second, 11_000]]));
    });

    it('frees the places of a call server that started anew, and only those', async () => {
      const loads = await create();
      await loads.claim(claim(1));
      await loads.claim(claim(2, { gatewayId: second }));
      await loads.claim(claim(3, { callServerId: server('other') }));
      await loads.releaseAll(server('main'));
      expect(await loads.counts()).toEqual(new Map([[first, 1]]));
      expect(await loads.claim(claim(4, { maxCalls: 2 }))).toBe('claimed');
      expect(await loads.claim(claim(5, { maxCalls: 2 }))).toBe('full');
    });
  });
}
