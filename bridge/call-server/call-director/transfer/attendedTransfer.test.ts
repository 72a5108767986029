import { beforeEach, describe, expect, it } from 'vitest';
import type { CallId } from '../../../../shared/domain/index.ts';
import { SipRequestError } from '../../../sip-stack/index.ts';
import type { FakeSipCall } from '../../call-handler/fakes/FakeSip.ts';
import type { DirectorBench } from '../testing/DirectorBench.ts';
import { TransferBench } from './testing/TransferBench.ts';

const customer = '+12025550100';

describe('Passing a call on to the other party of a further call', () => {
  let bed: TransferBench;
  let bench: DirectorBench;
  /** The party that is passed on, and whom it shall talk with. */
  let first: FakeSipCall;
  let second: FakeSipCall;
  let otherId: CallId;

  /** The first is on hold, and the second is talked in. */
  const start = async (gateway: object = {}) => {
    bed = await TransferBench.create(gateway);
    ({ bench, first } = bed);
    await bench.director.handler(bench.client, bed.callId).inCall.hold.hold();
    otherId = await bench.talk();
    second = bench.sip.last;
  };
  const transfer = async () => {
    await bed.transfer({ callId: otherId });
    await bench.settle();
  };
  beforeEach(() => start());

  it('joins the two at once, and both are over for the person', async () => {
    await transfer();
    expect(first.commands).toEqual(['reinvite sendonly offer', 'reinvite sendrecv offer']);
    expect(second.commands).toEqual([]);
    expect(bench.joins.joined).toEqual([[bed.session(0), bed.session(1)]]);
    expect(bed.statusOf()?.end).toMatchObject({ outcome: 'answered', transferredTo: '+12025550177' });
    expect(bed.statusOf(otherId)?.end).toMatchObject({ outcome: 'answered', transferredTo: customer });
    expect(bench.director.handlersOf(bench.client)).toEqual([]);
    first.emit('ended', { by: 'remote' });
    await bench.settle();
    expect(second.commands).toEqual(['bye']);
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it('has a gateway take part again that was held as well', async () => {
    await bench.director.handler(bench.client, otherId).inCall.hold.hold();
    await transfer();
    expect(second.commands).toEqual(['reinvite sendonly offer', 'reinvite sendrecv offer']);
    expect(bench.joins.joined).toHaveLength(1);
  });

  it('asks a gateway that has both to do it, naming the dialog that shall be replaced', async () => {
    first.allowedMethods = ['REFER'];
    await transfer();
    expect(first.commands.at(-1)).toBe('refer +12025550177 replacing sip-call');
    first.referrals[0]?.emit('accepted');
    first.referrals[0]?.emit('succeeded');
    await bench.settle();
    expect(first.commands.at(-1)).toBe('bye');
    expect(second.commands.at(-1)).toBe('bye');
    expect(bed.statusOf()?.end?.transferredTo).toBe('+12025550177');
    expect(bed.statusOf(otherId)?.end?.transferredTo).toBe(customer);
    expect(bench.joins.joined).toEqual([]);
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it('joins the two where the gateway refuses that', async () => {
    first.allowedMethods = ['REFER'];
    await transfer();
    first.referrals[0]?.emit('failed', { status: 501, reason: 'Not Implemented' });
    await bench.settle();
    expect(bench.joins.joined).toHaveLength(1);
  });

  it('asks no gateway for a dialog that another one has', async () => {
    await start();
    bench.gateways = bench.gateways.map((gateway) => ({ ...gateway, id: 'gw2' as typeof gateway.id }));
    otherId = await bench.talk();
    first.allowedMethods = ['REFER'];
    await transfer();
    expect(first.referrals).toEqual([]);
    expect(bench.joins.joined).toHaveLength(1);
  });

  it('keeps both calls where the party’s gateway doesn’t go on', async () => {
    first.reinviteError = new SipRequestError({ status: 500, reason: 'Server Error' });
    await transfer();
    expect(bed.statusOf()).toMatchObject({ state: 'established', isOnHold: true, transfer: { state: 'failed' } });
    expect(bed.statusOf(otherId)).toMatchObject({ state: 'established' });
    expect(second.commands).not.toContain('bye');
  });

  it('keeps the other call when the party hangs up meanwhile', async () => {
    first.reinvite = async () => {
      first.emit('ended', { by: 'remote', status: 481 });
      throw new SipRequestError({ status: 481, reason: '' });
    };
    await transfer();
    expect(bed.statusOf()?.state).toBe('ended');
    expect(bed.statusOf(otherId)?.state).toBe('established');
  });

  it('is for two different calls that are talked in', async () => {
    await expect(bed.transfer({ callId: bed.callId })).rejects.toMatchObject({ code: 'badRequest' });
    const ringing = bench.newId();
    await bench.dial(ringing);
    await bench.settle();
    await expect(bed.transfer({ callId: ringing })).rejects.toMatchObject({ code: 'notEstablished' });
    await expect(bed.transfer({ callId: 'nobody’s' as CallId })).rejects.toMatchObject({ code: 'callNotFound' });
    expect(bed.statusOf()?.transfer).toBeNull();
  });
});
