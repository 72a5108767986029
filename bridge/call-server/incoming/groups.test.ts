import { describe, expect, it } from 'vitest';
import type { CallId, UserId } from '../../../shared/domain/index.ts';
import { IncomingBench, ours } from './testing/IncomingBench.ts';

const id = 'call-1' as CallId;
const group = (change: object = {}) => ({ kind: 'group', groupId: 'support', ...change });

describe('a group that rings all at once', () => {
  it('names the group, and the caller as each knows them', async () => {
    const bench = await IncomingBench.create([{ destination: group() }]);
    bench.contacts.set('alice' as UserId, { name: 'Mother', number: '+442079460018' });
    const [alice, bob] = [bench.connect('alice'), bench.connect('bob')];
    await bench.call();
    expect(alice.payloads).toMatchObject([{ groupName: 'Support', callingName: 'Mother', isContact: true }]);
    expect(bob.payloads).toMatchObject([{ groupName: 'Support', callingName: 'ACME', isContact: false }]);
  });

  it('tells the others that somebody else took it, and shows who took it their own name of the caller', async () => {
    const bench = await IncomingBench.create([{ destination: group() }]);
    bench.contacts.set('alice' as UserId, { name: 'Mother', number: '+442079460018' });
    const [alice, bob] = [bench.connect('alice'), bench.connect('bob')];
    await bench.call();
    const { status } = await bench.calls.answer(alice.client, id, 'offer');
    expect(status.callingName).toBe('Mother');
    expect(bob.payloads.at(-1)).toEqual({
      callId: id,
      reason: 'taken',
      takenBy: { displayName: 'alice', isSelf: false },
    });
  });

  it('rings on while anybody is left', async () => {
    const bench = await IncomingBench.create([{ destination: group() }]);
    const [alice, bob] = [bench.connect('alice'), bench.connect('bob')];
    await bench.availabilities.change('carol' as UserId, { isDoNotDisturb: true });
    const call = await bench.call();
    bench.calls.decline(alice.client, id);
    await bench.settle();
    expect([call.said, bob.heard]).toEqual([['180'], ['incoming']]);
    bench.calls.decline(bob.client, id);
    await bench.settle();
    expect(call.said).toEqual(['180', '486 17']);
    expect(bench.eventTypes()).toEqual(
      expect.arrayContaining(['rangUser', 'wasNotToBeDisturbed', 'declined', 'disconnected']),
    );
  });

  it('is declined by all of those who are there', async () => {
    const bench = await IncomingBench.create([{ destination: group() }]);
    const devices = [bench.connect('alice'), bench.connect('bob')];
    const call = await bench.call();
    for (const { client } of devices) bench.calls.decline(client, id);
    await bench.settle();
    expect(call.said).toEqual(['180', '603 21']);
  });

  it('is nobody where it is empty or not there', async () => {
    const bench = await IncomingBench.create([{ destination: { kind: 'group', groupId: 'nobody' } }]);
    bench.connect('alice');
    expect((await bench.call()).said).toEqual(['480 20']);
  });
});

describe('a group that rings in turn', () => {
  const inTurn = { destination: group({ ring: 'inTurn', secondsEach: 10 }), ringSeconds: 25 };

  it('rings each for their time, passes over who is not there, and stops at the time of all', async () => {
    const bench = await IncomingBench.create([inTurn]);
    const [alice, carol] = [bench.connect('alice'), bench.connect('carol')];
    const call = await bench.call();
    expect([alice.heard, carol.heard]).toEqual([['incoming'], []]);
    await bench.clock.advanceAsync(9_999);
    expect(carol.heard).toEqual([]);
    await bench.clock.advanceAsync(1);
    expect([alice.heard, carol.heard]).toEqual([['incoming', 'incomingEnded noAnswer'], ['incoming']]);
    await bench.clock.advanceAsync(10_000);
    expect(call.said).toEqual(['180', '480 19']);
  });

  it('gives the last one what is left of the time of all', async () => {
    const bench = await IncomingBench.create([inTurn]);
    const [, , carol] = [bench.connect('alice'), bench.connect('bob'), bench.connect('carol')];
    const call = await bench.call();
    await bench.clock.advanceAsync(20_000);
    expect(carol.payloads).toMatchObject([{ ringsUntil: bench.clock.now() + 5000 }]);
    await bench.clock.advanceAsync(5000);
    expect(call.said).toEqual(['180', '480 19']);
  });

  it('goes to the next at once when one declines', async () => {
    const bench = await IncomingBench.create([inTurn]);
    const [alice, bob] = [bench.connect('alice'), bench.connect('bob')];
    await bench.call();
    bench.calls.decline(alice.client, id);
    await bench.settle();
    expect(bob.heard).toEqual(['incoming']);
  });
});

describe('the second destination', () => {
  const bobAfter = (when?: readonly string[]) => ({
    destination: { kind: 'user', userName: 'alice' },
    ringSeconds: 5,
    otherwise: { destination: { kind: 'user', userName: 'bob' }, ringSeconds: 7, ...(when && { when }) },
  });

  it('is rung when the first doesn’t answer, and the gateway hears the outcome of the second', async () => {
    const bench = await IncomingBench.create([bobAfter()]);
    const [alice, bob] = [bench.connect('alice'), bench.connect('bob')];
    const call = await bench.call();
    await bench.clock.advanceAsync(5000);
    expect([alice.heard, bob.heard]).toEqual([['incoming', 'incomingEnded noAnswer'], ['incoming']]);
    expect(bench.events).toContainEqual({ type: 'movedOn', number: ours, reason: 'noAnswer' });
    await bench.clock.advanceAsync(6999);
    expect(call.said).toEqual(['180']);
    bench.calls.decline(bob.client, id);
    await bench.settle();
    expect(call.said).toEqual(['180', '603 21']);
  });

  it('is rung at once where nobody of the first is connected', async () => {
    const bench = await IncomingBench.create([bobAfter()]);
    const bob = bench.connect('bob');
    const call = await bench.call();
    expect([call.said, bob.heard]).toEqual([['180'], ['incoming']]);
    await bench.calls.answer(bob.client, id, 'offer');
    expect(call.said.at(-1)).toBe('200 answer to gateway offer');
  });

  it('is not rung for a reason that the number doesn’t name', async () => {
    const bench = await IncomingBench.create([bobAfter(['busy'])]);
    const [alice, bob] = [bench.connect('alice'), bench.connect('bob')];
    const call = await bench.call();
    bench.calls.decline(alice.client, id);
    await bench.settle();
    expect([call.said, bob.heard]).toEqual([['180', '603 21'], []]);
  });

  it('stands in outside the hours', async () => {
    const hours = { timeZone: 'UTC', windows: [{ days: ['sat'], from: '09:00', to: '10:00' }] };
    const bench = await IncomingBench.create([{ ...bobAfter(), hours }]);
    const [alice, bob] = [bench.connect('alice'), bench.connect('bob')];
    await bench.call();
    expect([alice.heard, bob.heard]).toEqual([[], ['incoming']]);
    const alone = await IncomingBench.create([{ ...bobAfter(['busy']), hours }]);
    expect((await alone.call()).said).toEqual(['480 31']);
  });
});

describe('a number that leads to another of ours', () => {
  const to = (number: string) => ({ destination: { kind: 'telephone', number, userName: 'alice' } });

  it('rings there without leaving the bridge', async () => {
    const bench = await IncomingBench.create([
      to('+493012345679'),
      { id: '+493012345679', destination: { kind: 'user', userName: 'bob' } },
    ]);
    const bob = bench.connect('bob');
    const call = await bench.call();
    expect([call.said, bob.heard]).toEqual([['180'], ['incoming']]);
    expect(bench.events).toContainEqual({ type: 'sentOn', number: '+493012345679' });
  });

  it('isn’t looked for in the network where the other is switched off', async () => {
    const bench = await IncomingBench.create([
      to('+493012345679'),
      { id: '+493012345679', isEnabled: false, destination: { kind: 'user', userName: 'bob' } },
    ]);
    bench.connect('bob');
    expect((await bench.call()).said).toEqual(['404 1']);
    expect(bench.events).toContainEqual({ type: 'switchedOff', number: '+493012345679' });
    expect([bench.trunks, bench.isFree()]).toEqual([[], true]);
  });

  it('is refused with 482 where it leads back to itself', async () => {
    const bench = await IncomingBench.create([to(ours)]);
    expect((await bench.call()).said).toEqual(['482 25']);
    const ring = await IncomingBench.create([to('+493012345679'), { id: '+493012345679', ...to(ours) }]);
    expect((await ring.call()).said).toEqual(['482 25']);
    expect(ring.closings).toMatchObject([{ outcome: 'failed', sipStatus: 482 }]);
  });

  it.each([
    [5, ['180']],
    [6, ['482 25']],
  ])('may be %i numbers away: the gateway hears %j', async (hops, said) => {
    const numberOf = (index: number) => `+49301234560${index}`;
    const chain = Array.from({ length: hops }, (_, index) => ({ id: numberOf(index), ...to(numberOf(index + 1)) }));
    const last = { id: numberOf(hops), destination: { kind: 'user', userName: 'bob' } };
    const bench = await IncomingBench.create([...chain, last]);
    bench.connect('bob');
    expect((await bench.call({ calledUser: numberOf(0) })).said).toEqual(said);
  });
});
