import { beforeEach, describe, expect, it } from 'vitest';
import { DialbridgeError } from '../../../../shared/errors/index.ts';
import type { FakeSipCall } from '../../call-handler/fakes/FakeSip.ts';
import type { DirectorBench } from '../testing/DirectorBench.ts';
import { boss, TransferBench } from './testing/TransferBench.ts';

describe('Passing a call on to a number, by REFER', () => {
  let bed: TransferBench;
  let bench: DirectorBench;
  let first: FakeSipCall;
  const start = async (gateway: object = {}) => {
    bed = await TransferBench.create(gateway);
    ({ bench, first } = bed);
  };
  const refer = async (gateway: object = {}) => {
    await start(gateway);
    first.allowedMethods = ['INVITE', 'ACK', 'BYE', 'REFER'];
    await bed.transfer();
    await bench.settle();
  };
  const referral = () => {
    const last = first.referrals.at(-1);
    if (!last) throw new Error('no REFER was sent');
    return last;
  };
  beforeEach(() => refer());

  it('asks the gateway that has the party, and ends the call when it has passed it on', async () => {
    expect(first.commands).toEqual(['reinvite sendonly offer', `refer ${boss}`]);
    referral().emit('accepted');
    referral().emit('progressed', { status: 180 });
    await bench.settle();
    expect(bed.statusOf()?.transfer).toEqual({ to: boss, state: 'ringing' });
    referral().emit('succeeded');
    await bench.settle();
    expect(first.commands.at(-1)).toBe('bye');
    expect(bed.statusOf()).toMatchObject({ state: 'ended', end: { outcome: 'answered', transferredTo: boss } });
    expect(bench.eventsOf('transferred')).toMatchObject([{ to: boss, by: 'refer' }]);
    expect(bench.sip.calls).toHaveLength(1);
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it('writes the number as the gateway wants it', async () => {
    await refer({ calledNumberRules: [{ match: '+1', strip: 2, add: '0' }] });
    expect(first.commands.at(-1)).toBe('refer 02025550177');
  });

  it('does it itself where the gateway refuses to', async () => {
    referral().emit('failed', { status: 405, reason: 'Method Not Allowed' });
    await bench.settle();
    expect(bench.sip.calls).toHaveLength(2);
    await bed.answer();
    expect(bench.eventsOf('referRefused')).toMatchObject([{ sipStatus: 405 }]);
    expect(bench.eventsOf('transferred')).toMatchObject([{ by: 'bridge' }]);
  });

  it('counts once in the person’s limits where the gateway refuses to', async () => {
    await start();
    bench.limit({ callsPerMinute: 1, callsAtOnce: 1 });
    first.allowedMethods = ['REFER'];
    bench.authorization = { ...bench.authorization, calledNumber: boss };
    await bed.transfer();
    await bench.settle();
    referral().emit('failed', { status: 405, reason: 'Method Not Allowed' });
    await bench.settle();
    expect(bench.sip.calls).toHaveLength(2);
    expect((await bench.use())?.callsAtOnce).toBe(1);
    bench.sip.last.fail(486);
    await bench.settle();
    expect((await bench.use())?.callsAtOnce).toBe(0);
  });

  it('gives the place back where the gateway refuses to and nobody else can do it', async () => {
    await start();
    bench.limit({ callsAtOnce: 1 });
    first.allowedMethods = ['REFER'];
    bench.authorization = { ...bench.authorization, calledNumber: boss };
    await bed.transfer();
    await bench.settle();
    bench.authorizing = Promise.reject(new DialbridgeError('noRuleAllows'));
    referral().emit('failed', { status: 405, reason: 'Method Not Allowed' });
    await bench.settle();
    expect(bed.statusOf()?.transfer?.state).toBe('failed');
    expect((await bench.use())?.callsAtOnce).toBe(0);
  });

  it('calls nobody for a party that hangs up with the refusal, and gives the place back', async () => {
    await start();
    bench.limit({ callsAtOnce: 1 });
    first.allowedMethods = ['REFER'];
    bench.authorization = { ...bench.authorization, calledNumber: boss };
    await bed.transfer();
    await bench.settle();
    referral().emit('failed', { status: 405, reason: 'Method Not Allowed' });
    first.emit('ended', { by: 'remote' });
    await bench.settle();
    expect(bench.sip.calls).toHaveLength(1);
    expect((await bench.use())?.callsAtOnce).toBe(0);
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it('does it itself where the gateway doesn’t answer', async () => {
    referral().emit('failed', { status: null, reason: 'no answer' });
    await bench.settle();
    expect(bench.sip.calls).toHaveLength(2);
  });

  it('keeps the call on hold where the gateway tried and couldn’t', async () => {
    referral().emit('accepted');
    referral().emit('failed', { status: 486, reason: 'Busy Here' });
    await bench.settle();
    expect(bench.sip.calls).toHaveLength(1);
    expect(bed.statusOf()).toMatchObject({ state: 'established', isOnHold: true, transfer: { state: 'failed' } });
    expect(bench.eventsOf('transferFailed')).toMatchObject([{ by: 'refer', sipStatus: 486 }]);
  });

  it('does no more where the gateway shall always do it', async () => {
    await refer({ inCall: { transfer: 'refer' } });
    referral().emit('failed', { status: 405, reason: 'Method Not Allowed' });
    await bench.settle();
    expect(bench.sip.calls).toHaveLength(1);
    expect(bed.statusOf()?.transfer?.state).toBe('failed');
  });

  it('is not asked for where it shall never do it, nor for help', async () => {
    await refer({ inCall: { transfer: 'bridge' } });
    expect(first.referrals).toEqual([]);
    expect(bench.sip.calls).toHaveLength(2);
    await start();
    bench.authorization = { ...bench.authorization, calledNumber: '112', isEmergency: true };
    first.allowedMethods = ['REFER'];
    await bed.transfer({ destination: '112' });
    await bench.settle();
    expect(first.referrals).toEqual([]);
    expect(bench.sip.last.request.calledNumber).toBe('112');
  });

  it('ends with a party that hangs up meanwhile', async () => {
    referral().emit('accepted');
    first.emit('ended', { by: 'remote' });
    await bench.settle();
    expect(bench.closings).toHaveLength(1);
    expect(bench.director.activeCalls).toBe(0);
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it('counts in the person’s limits, and gives the place back whatever comes of it', async () => {
    await start();
    bench.limit({ callsAtOnce: 1 });
    first.allowedMethods = ['REFER'];
    bench.authorization = { ...bench.authorization, calledNumber: boss };
    await bed.transfer();
    await bench.settle();
    expect((await bench.use())?.callsAtOnce).toBe(1);
    referral().emit('accepted');
    referral().emit('failed', { status: 486, reason: '' });
    await bench.settle();
    expect((await bench.use())?.callsAtOnce).toBe(0);
  });
});
