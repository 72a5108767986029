import { beforeEach, describe, expect, it } from 'vitest';
import { gatewaySchema } from '../../../../shared/admin/index.ts';
import { DialbridgeError } from '../../../../shared/errors/index.ts';
import type { IncomingReferral } from '../../../sip-stack/index.ts';
import type { FakeSipCall } from '../../call-handler/fakes/FakeSip.ts';
import type { DirectorBench } from '../testing/DirectorBench.ts';
import { boss, TransferBench } from './testing/TransferBench.ts';

/** A REFER of a gateway; what it was answered is in `said`. */
function referralTo(user: string | null, replaces: IncomingReferral['replaces'] = null) {
  const said: string[] = [];
  const referral: IncomingReferral = {
    user,
    replaces,
    accept: () => said.push('202'),
    reject: (status) => said.push(`${status}`),
    notify: (status) => said.push(`notify ${status}`),
  };
  return { referral, said };
}

describe('A gateway that asks us to call somebody else', () => {
  let bed: TransferBench;
  let bench: DirectorBench;
  let first: FakeSipCall;
  const start = async (gateway: object = {}) => {
    bed = await TransferBench.create(gateway);
    ({ bench, first } = bed);
  };
  const refer = async (...args: Parameters<typeof referralTo>) => {
    const made = referralTo(...args);
    first.emit('referred', made.referral);
    await bench.settle();
    return made;
  };
  beforeEach(() => start());

  it('has another gateway take its place when that answers, and the browser’s audio stays as it is', async () => {
    const { said } = await refer(boss);
    expect(bench.asked.at(-1)).toMatchObject({ destination: boss, client: { user: { userName: 'alice' } } });
    // The dialog is one of the same call, whose record says what becomes of it.
    expect(bench.sip.last.request).toMatchObject({ calledNumber: boss, callId: bed.callId });
    expect(bed.statusOf()?.referral).toEqual({ to: boss, isRinging: false });
    await bed.ring();
    expect(bed.statusOf()?.referral).toEqual({ to: boss, isRinging: true });
    expect(said).toEqual(['202', 'notify 180']);
    expect(bed.statusOf()?.calledNumber).not.toBe(boss);
    await bed.answer();
    expect(said).toEqual(['202', 'notify 180', 'notify 200']);
    expect(bench.sessions).toHaveLength(1);
    expect(bed.session(0).asked.filter((one) => one.startsWith('browser offer'))).toHaveLength(1);
    expect(bed.statusOf()).toMatchObject({
      state: 'established',
      isHeldByOther: false,
      calledNumber: boss,
      referral: null,
    });
    expect(bench.eventsOf('referred')).toMatchObject([{ to: boss, isFollowed: true }]);
    expect(bench.eventsOf('transferred')).toMatchObject([{ to: boss, by: 'gateway' }]);
  });

  it('says goodbye itself, or is told to after two seconds', async () => {
    await refer(boss);
    await bed.answer();
    await bench.clock.advanceAsync(1999);
    expect(first.commands).toEqual([]);
    await bench.clock.advanceAsync(1);
    expect(first.commands).toEqual(['bye']);
    expect(bed.statusOf()?.state).toBe('established');
  });

  it('may be gone before the other has answered', async () => {
    await refer(boss);
    first.emit('ended', { by: 'remote' });
    await bench.settle();
    expect(bed.statusOf()?.state).toBe('established');
    await bed.answer();
    bench.sip.last.emit('ended', { by: 'remote' });
    await bench.settle();
    expect(bed.statusOf()).toMatchObject({ state: 'ended', end: { outcome: 'answered', by: 'called' } });
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it('ends the call when it is gone and the other doesn’t answer', async () => {
    await refer(boss);
    first.emit('ended', { by: 'remote' });
    bench.sip.last.fail(486);
    await bench.settle();
    expect(bed.statusOf()?.state).toBe('ended');
    expect(bench.director.activeCalls).toBe(0);
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it('has the call again, with its audio agreed anew, when the other is busy', async () => {
    const { said } = await refer(boss);
    bench.sip.last.fail(486);
    await bench.settle();
    expect(said).toEqual(['202', 'notify 486']);
    expect(first.commands).toEqual(['reinvite gateway offer']);
    expect(bed.statusOf()).toMatchObject({ state: 'established', referral: null });
    expect(bench.eventsOf('transferFailed')).toMatchObject([{ by: 'gateway', outcome: 'busy', sipStatus: 486 }]);
  });

  it('ends both when the person hangs up meanwhile', async () => {
    await refer(boss);
    bench.director.hangUp(bench.client, bed.callId);
    await bench.settle();
    expect(first.commands).toEqual(['bye']);
    expect(bench.sip.last.commands).toEqual(['cancel']);
    expect(bench.director.activeCalls).toBe(0);
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it('names the dialog that shall be replaced, and is asked itself for that', async () => {
    bench.gateways = [gatewaySchema.parse({ id: 'gw2', host: '192.0.2.2' })];
    const replaces = { callId: 'theirs', localTag: 'a', remoteTag: 'b' };
    await refer(boss, replaces);
    expect(bench.sip.last.request).toMatchObject({ replaces, peer: { id: 'gw1' } });
  });

  it.each([
    ['the person may not call that', '403', 'noRuleAllows'],
    ['it is an emergency number', '403', 'destinationNotAllowed'],
  ])('is refused where %s', async (_, status, why) => {
    if (why === 'noRuleAllows') bench.authorizing = Promise.reject(new DialbridgeError('noRuleAllows'));
    else bench.authorization = { ...bench.authorization, isEmergency: true };
    const { said } = await refer(boss);
    expect(said).toEqual([status]);
    expect(bench.sip.calls).toHaveLength(1);
    expect(bench.eventsOf('referred')).toMatchObject([{ to: boss, isFollowed: false, why }]);
  });

  it('is refused where its referrals aren’t followed, where nobody is named, and while another is under way', async () => {
    expect((await refer(null)).said).toEqual(['400']);
    await refer(boss);
    expect((await refer(boss)).said).toEqual(['491']);
    await start({ inCall: { followsReferrals: false } });
    expect((await refer(boss)).said).toEqual(['403']);
  });

  it('counts in the person’s limits until the other has gone', async () => {
    bench.limit({ callsAtOnce: 1 });
    bench.authorization = { ...bench.authorization, calledNumber: boss };
    await refer(boss);
    expect((await bench.use())?.callsAtOnce).toBe(1);
    await bed.answer();
    bench.sip.last.emit('ended', { by: 'remote' });
    await bench.settle();
    expect((await bench.use())?.callsAtOnce).toBe(0);
  });
});
