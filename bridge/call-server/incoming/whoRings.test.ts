import { describe, expect, it } from 'vitest';
import type { BrandId, CallId, CallServerId, UserId } from '../../../shared/domain/index.ts';
import { IncomingBench } from './testing/IncomingBench.ts';

const id = 'call-1' as CallId;
const forAlice = { destination: { kind: 'user', userName: 'alice' } };

describe('who can’t be rung', () => {
  it('is told as unreachable where no device is connected', async () => {
    const bench = await IncomingBench.create([forAlice]);
    const call = await bench.call();
    expect(call.said).toEqual(['480 20']);
    expect(bench.eventTypes()).toEqual(['inviteReceived', 'wasNotConnected', 'disconnected']);
    // A missed call all the same.
    expect(bench.progress).toContainEqual({
      participants: [{ userId: 'alice', displayName: 'ALICE', callingName: 'ACME', answer: null }],
    });
    expect(bench.reports).toEqual(['tried', 'refused']);
    expect(bench.isFree()).toBe(true);
  });

  it.each([
    ['is switched off', { isEnabled: false }],
    ['is of another brand', { brandId: 'b2' }],
  ])('is not rung who %s', async (_, change) => {
    const bench = await IncomingBench.create([forAlice]);
    const device = bench.connect('alice');
    bench.users = bench.users.map((user) => ({ ...user, ...(change as object) }));
    const call = await bench.call();
    expect([call.said, device.heard]).toEqual([['480 20'], []]);
    expect(bench.eventTypes()).toContain('nobodyToRing');
  });

  it('is busy who doesn’t want to be disturbed', async () => {
    const bench = await IncomingBench.create([forAlice]);
    const device = bench.connect('alice');
    await bench.availabilities.change('alice' as UserId, { isDoNotDisturb: true });
    const call = await bench.call();
    expect([call.said, device.heard]).toEqual([['486 17'], []]);
  });

  it('is silent at once when they say so while it rings', async () => {
    const bench = await IncomingBench.create([forAlice]);
    const device = bench.connect('alice');
    const call = await bench.call();
    bench.calls.silence('alice' as UserId);
    await bench.settle();
    expect(call.said).toEqual(['180', '486 17']);
    expect(device.heard).toEqual(['incoming', 'incomingEnded declined']);
  });

  it.each([
    [true, ['180']],
    [false, ['486 17']],
  ])('who is talking, with call waiting %s: the gateway hears %j', async (hasCallWaiting, said) => {
    const bench = await IncomingBench.create([forAlice]);
    bench.connect('alice');
    await bench.availabilities.change('alice' as UserId, { hasCallWaiting });
    await bench.activeCalls.add({
      ...{ id: 'other' as CallId, callServerId: 's2' as CallServerId, userId: 'alice' as UserId, calledNumber: '+1' },
      ...{ brandId: 'default' as BrandId, direction: 'outgoing', deviceId: null, callingNumber: null },
      ...{ transferredTo: null, mediaWay: null, price: null, mos: null },
      ...{ state: 'established', gatewayId: null, codec: null, requestedAtMs: 1, answeredAtMs: 2 },
    });
    expect((await bench.call()).said).toEqual(said);
  });

  it('stops ringing who is signed out, when no right of theirs is left', async () => {
    const bench = await IncomingBench.create([forAlice]);
    const [first] = [bench.connect('alice', 'd1'), bench.connect('alice', 'd2')];
    const call = await bench.call();
    bench.calls.release(({ deviceId }) => deviceId === first.client.deviceId);
    await bench.settle();
    expect(call.said).toEqual(['180']);
    bench.calls.release(({ user }) => user.id === 'alice');
    await bench.settle();
    expect(call.said).toEqual(['180', '480 20']);
  });
});

describe('a device that comes and goes while it rings', () => {
  it('is told again what rings when it is back, and can take it', async () => {
    const bench = await IncomingBench.create([forAlice]);
    const before = bench.connect('alice');
    const call = await bench.call();
    bench.disconnect(before);
    await bench.clock.advanceAsync(1000);
    const after = bench.connect('alice');
    expect(bench.calls.ringingAt(after.client)).toEqual(before.payloads);
    await bench.calls.answer(after.client, id, 'offer');
    expect(call.said).toEqual(['180', '200 answer to gateway offer']);
  });

  it('hears of the end of what it found ringing', async () => {
    const bench = await IncomingBench.create([forAlice]);
    bench.connect('alice', 'd1');
    const call = await bench.call();
    const other = bench.connect('alice', 'd2');
    expect(bench.calls.ringingAt(other.client)).toHaveLength(1);
    call.emit('cancelled');
    expect(other.heard).toEqual(['incomingEnded cancelled']);
    expect(bench.calls.ringingAt(other.client)).toEqual([]);
  });

  it('is not connected while it is away: a call that comes then finds nobody', async () => {
    const bench = await IncomingBench.create([forAlice]);
    bench.disconnect(bench.connect('alice'));
    expect((await bench.call()).said).toEqual(['480 20']);
  });
});

describe('what is no call of theirs', () => {
  it('can neither be answered nor declined by others', async () => {
    const bench = await IncomingBench.create([forAlice]);
    bench.connect('alice');
    const bob = bench.connect('bob');
    const call = await bench.call();
    await expect(bench.calls.answer(bob.client, id, 'offer')).rejects.toMatchObject({ code: 'callNotFound' });
    await expect(bench.calls.answer(bob.client, 'no-call' as CallId, 'o')).rejects.toMatchObject({
      code: 'callNotFound',
    });
    bench.calls.decline(bob.client, id);
    await bench.settle();
    expect([call.said, bob.heard]).toEqual([['180'], []]);
  });

  it('is nothing for visitors, whoever they say they are', async () => {
    const bench = await IncomingBench.create([forAlice]);
    const alice = bench.connect('alice');
    await bench.call();
    const visitor = {
      ...alice.client,
      entry: { kind: 'embedKey', embedKeyId: 'k1', origin: 'https://a.example' },
    } as never;
    expect(bench.calls.ringingAt(visitor)).toEqual([]);
    await expect(bench.calls.answer(visitor, id, 'offer')).rejects.toMatchObject({ code: 'callNotFound' });
  });
});
