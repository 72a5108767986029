import { describe, expect, it } from 'vitest';
import { callIdSchema, callServerIdSchema, gatewayIdSchema, userIdSchema } from '../../../shared/domain/index.ts';
import type { ActiveCall, ActiveCallStore } from '../ports/ActiveCallStore.ts';

const first = gatewayIdSchema.parse('first');

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

    it('knows a call once that is added twice, and ignores changes of calls that it does not know', async () => {
      const calls = await create();
      const call = { ...activeCall('1'), gatewayId: first };
      await calls.add(call);
      await calls.add(call);
      await calls.update(callIdSchema.parse('gone'), { gatewayId: first });
      expect(await calls.list()).toHaveLength(1);
    });
  });
}
