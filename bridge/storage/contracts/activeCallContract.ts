import { describe, expect, it } from 'vitest';
import { callIdSchema, callServerIdSchema, gatewayIdSchema, userIdSchema } from '../../../shared/domain/index.ts';
import type { ActiveCall, ActiveCallStore } from '../ports/ActiveCallStore.ts';

const first = gatewayIdSchema.parse('first');
const second = gatewayIdSchema.parse('second');

function activeCall(id: string): ActiveCall {
  return {
    id: callIdSchema.parse(id),
    callServerId: callServerIdSchema.parse('main'),
    userId: userIdSchema.parse('alice'),
    calledNumber: '+12025550100',
    state: 'requested',
    gatewayId: null,
    codec: null,
    requestedAtMs: 1,
    answeredAtMs: null,
  };
}

/** What every `ActiveCallStore` keeps to; `create` makes an empty one. */
export function describeActiveCallStore(name: string, create: () => Promise<ActiveCallStore>): void {
  describe(`${name} as an active call store`, () => {
    it('knows a call from its addition to its removal', async () => {
      const calls = await create();
      const call = activeCall('1');
      await calls.add(call);
      await calls.add(activeCall('2'));
      await calls.update(call.id, { state: 'established', answeredAtMs: 5 });
      expect(await calls.get(call.id)).toEqual({ ...call, state: 'established', answeredAtMs: 5 });
      await calls.remove(call.id);
      expect(await calls.get(call.id)).toBeUndefined();
      expect((await calls.list()).map(({ id }) => id)).toEqual(['2']);
    });

    it('counts the calls at each gateway, through a failover and to the end', async () => {
      const calls = await create();
      const [one, two] = [activeCall('1'), activeCall('2')];
      await calls.add(one);
      await calls.add({ ...two, gatewayId: first });
      expect(await calls.countsByGateway()).toEqual(new Map([[first, 1]]));
      await calls.update(one.id, { gatewayId: first });
      await calls.update(one.id, { state: 'ringing' });
      expect(await calls.countsByGateway()).toEqual(new Map([[first, 2]]));
      await calls.update(two.id, { gatewayId: second });
      const counts = await calls.countsByGateway();
      expect(counts).toEqual(
        new Map([
          [first, 1],
          [second, 1],
        ]),
      );
      await calls.remove(one.id);
      await calls.remove(one.id);
      expect(await calls.countsByGateway()).toEqual(new Map([[second, 1]]));
      expect(counts.size).toBe(2);
      await calls.remove(two.id);
      expect(await calls.countsByGateway()).toEqual(new Map());
    });

    it('counts a call once that is added twice, and ignores changes of calls that it does not know', async () => {
      const calls = await create();
      const call = { ...activeCall('1'), gatewayId: first };
      await calls.add(call);
      await calls.add(call);
      await calls.update(callIdSchema.parse('gone'), { gatewayId: first });
      expect(await calls.countsByGateway()).toEqual(new Map([[first, 1]]));
      expect(await calls.list()).toHaveLength(1);
    });
  });
}
