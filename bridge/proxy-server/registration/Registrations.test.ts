import { beforeEach, describe, expect, it } from 'vitest';
import type { CallServerId, DeviceId, UserId } from '../../../shared/domain/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { MemoryCollection } from '../../storage/memory/index.ts';
import type { AddressOfRecord } from './ContactBinding.ts';
import { Registrations } from './Registrations.ts';

const alice = 'alice' as UserId;
const tab = (deviceId: string, userId = alice) => ({ userId, deviceId: deviceId as DeviceId });

describe('Registrations', () => {
  let clock: FakeClock;
  let addresses: MemoryCollection<AddressOfRecord>;
  let here: Registrations;

  const at = (callServerId: string) =>
    Registrations.create(
      { addresses, clock, logger: new RecordingLogger() },
      { callServerId: callServerId as CallServerId, reconnectWindowMs: 30_000 },
    );
  const devicesOf = async (registrations: Registrations, userId = alice) =>
    (await registrations.bindingsOf(userId)).map(
      ({ deviceId, state, callServerId }) => `${deviceId} ${state} at ${callServerId}`,
    );

  beforeEach(async () => {
    clock = new FakeClock();
    addresses = new MemoryCollection<AddressOfRecord>();
    here = await at('s1');
  });

  it('knows all devices of a user, and of nobody else', async () => {
    here.connected(tab('d1'), 'Dialbridge');
    here.connected(tab('d2'), 'Dialbridge');
    here.connected(tab('d3', 'bob' as UserId), 'Dialbridge');
    expect(await here.bindingsOf(alice)).toEqual([
      {
        ...tab('d1'),
        callServerId: 's1',
        connectedAtMs: clock.now(),
        state: 'connected',
        untilMs: null,
        clientName: 'Dialbridge',
      },
      expect.objectContaining({ deviceId: 'd2' }),
    ]);
    expect(await here.bindingsOf('carol' as UserId)).toEqual([]);
  });

  it('keeps a device whose socket went for the reconnect window, to the millisecond', async () => {
    here.connected(tab('d1'), 'Dialbridge');
    here.gone(tab('d1'));
    expect(await devicesOf(here)).toEqual(['d1 away at s1']);
    await clock.advanceAsync(29_999);
    expect(await devicesOf(here)).toEqual(['d1 away at s1']);
    await clock.advanceAsync(1);
    expect(await devicesOf(here)).toEqual([]);
    expect(await addresses.list()).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('forgets that a device was away once it is back', async () => {
    here.connected(tab('d1'), 'Dialbridge');
    here.gone(tab('d1'));
    await clock.advanceAsync(29_999);
    here.connected(tab('d1'), 'Dialbridge');
    await clock.advanceAsync(60_000);
    expect(await devicesOf(here)).toEqual(['d1 connected at s1']);
  });

  it('moves a device that comes back at another call server, and the first doesn’t take it for gone', async () => {
    const there = await at('s2');
    here.connected(tab('d1'), 'Dialbridge');
    there.connected(tab('d1'), 'Dialbridge');
    await there.bindingsOf(alice);
    here.gone(tab('d1'));
    await clock.advanceAsync(60_000);
    expect(await devicesOf(here)).toEqual(['d1 connected at s2']);
  });

  it('takes out what an earlier run of this call server left, and no more', async () => {
    const there = await at('s2');
    here.connected(tab('d1'), 'Dialbridge');
    here.connected(tab('d3', 'bob' as UserId), 'Dialbridge');
    await here.close();
    there.connected(tab('d2'), 'Dialbridge');
    await there.close();
    const again = await at('s1');
    expect(await devicesOf(again)).toEqual(['d2 connected at s2']);
    expect(await addresses.list()).toHaveLength(1);
  });

  it('holds no timer once it is closed', async () => {
    here.connected(tab('d1'), 'Dialbridge');
    here.gone(tab('d1'));
    await here.close();
    expect(clock.pendingTimers).toBe(0);
  });
});
