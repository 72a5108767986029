import { describe, expect, it } from 'vitest';
import {
  brandIdSchema,
  callIdSchema,
  callServerIdSchema,
  deviceIdSchema,
  gatewayIdSchema,
  userIdSchema,
} from '../../../shared/domain/index.ts';
import type { ActiveCall, ActiveCallStore } from '../ports/ActiveCallStore.ts';

const first = gatewayIdSchema.parse('first');

function activeCall(id: string): ActiveCall {
  return {
    id: callIdSchema.parse(id),
    callServerId: callServerIdSchema.parse('main'),
    brandId: brandIdSchema.parse('default'),
    direction: 'outgoing',
    userId: userIdSchema.parse('alice'),
    deviceId: deviceIdSchema.parse('phone'),
    callingNumber: null,
    calledNumber: '+12025550100',
    transferredTo: null,
    state: 'requested',
    gatewayId: null,
    codec: null,
    mediaWay: null,
    requestedAtMs: 1,
    answeredAtMs: null,
    price: null,
    mos: null,
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

    it('tells who asks again what is new, what changed and what has ended, and nothing else', async () => {
      const calls = await create();
      await calls.add(activeCall('1'));
      await calls.add(activeCall('2'));
      await calls.add(activeCall('3'));
      const first = await calls.changesSince(null);
      expect(first).toMatchObject({ isWhole: true, ended: [] });
      expect(first.calls.map(({ id }) => id).sort()).toEqual(['1', '2', '3']);
      const nothing = await calls.changesSince(first.cursor);
      expect(nothing).toMatchObject({ isWhole: false, calls: [], ended: [] });
      await calls.update(callIdSchema.parse('2'), { state: 'ringing' });
      await calls.add(activeCall('4'));
      await calls.remove(callIdSchema.parse('3'));
      await calls.remove(callIdSchema.parse('gone'));
      const second = await calls.changesSince(nothing.cursor);
      expect(second).toMatchObject({ isWhole: false, ended: ['3'] });
      expect(second.calls.map(({ id, state }) => [id, state]).sort()).toEqual([
        ['2', 'ringing'],
        ['4', 'requested'],
      ]);
      // A reader that lost an answer asks with its old cursor, and is told again.
      expect(await calls.changesSince(first.cursor)).toEqual(second);
    });

    it('gives everything to who asks with a cursor that is none of its own', async () => {
      const calls = await create();
      await calls.add(activeCall('1'));
      const { cursor } = await (await create()).changesSince(null);
      for (const strange of [cursor, '', 'x', '.1', `${cursor}0`, '1.-1'])
        expect(await calls.changesSince(strange)).toMatchObject({ isWhole: true, calls: [{ id: '1' }] });
    });

    it('gives everything to who asks too late to be told of each end', async () => {
      const calls = await create();
      const { cursor } = await calls.changesSince(null);
      for (let count = 0; count < 30_000; count += 1) {
        await calls.add(activeCall(`${count}`));
        await calls.remove(callIdSchema.parse(`${count}`));
      }
      await calls.add(activeCall('last'));
      expect(await calls.changesSince(cursor)).toMatchObject({ isWhole: true, calls: [{ id: 'last' }], ended: [] });
    });
  });
}
