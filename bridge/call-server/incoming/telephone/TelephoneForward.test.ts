import { beforeEach, describe, expect, it } from 'vitest';
import { gatewaySchema, ruleSchema } from '../../../../shared/admin/index.ts';
import type { CallId } from '../../../../shared/domain/index.ts';
import { IncomingBench, ours } from '../testing/IncomingBench.ts';
import { makeUser } from '../testing/makeUser.ts';

const mobile = '+12025550100';
const toMobile = { kind: 'telephone', number: mobile, userName: 'alice' };

describe('a call that goes on to a telephone', () => {
  let bench: IncomingBench;

  const create = async (number: object = { destination: toMobile }) => {
    bench = await IncomingBench.create([number]);
    bench.gateways = [gatewaySchema.parse({ id: 'gw2', host: '192.0.2.2' })];
    bench.users = [makeUser('alice', { callerNumbers: ['+12025550111'] }), makeUser('bob')];
  };
  const ring = async () => {
    bench.sip.last.emit('progress', { status: 180, reason: 'Ringing', sdp: null });
    await bench.settle();
  };
  const answer = async () => {
    bench.sip.last.emit('answered', { sdp: 'telephone answer' });
    await bench.settle();
  };
  beforeEach(() => create());

  it('rings when the telephone does, is answered when it is, and both gateways are in its record', async () => {
    const call = await bench.call();
    expect(call.said).toEqual([]);
    expect(bench.sip.last.request).toMatchObject({ callId: 'call-1', calledNumber: mobile, offer: 'gateway offer' });
    await ring();
    expect(call.said).toEqual(['180']);
    await answer();
    expect(call.said).toEqual(['180', '200 answer to gateway offer']);
    expect(bench.progress).toContainEqual({ gatewayId: 'gw1' });
    expect(bench.progress).toContainEqual(expect.objectContaining({ forwardGatewayId: 'gw2' }));
    expect(bench.progress).toContainEqual(expect.objectContaining({ forwardedTo: mobile }));
    expect(bench.eventTypes()).toEqual(
      expect.arrayContaining(['inviteReceived', 'forwarded', 'gatewayTried', 'telephoneRang', 'established']),
    );
    expect([...bench.places]).toEqual(['gw1 call-1', 'gw2 call-1/1']);
  });

  it('offers DTLS-SRTP to a gateway that speaks with browsers, though there is none', async () => {
    bench.gateways = [gatewaySchema.parse({ id: 'gw2', host: '192.0.2.2', media: 'direct', codecs: ['PCMU'] })];
    await bench.call();
    expect(bench.trunks[0]?.outgoing.asked).toEqual(['gateway offer PCMU to 192.0.2.2 as DTLS-SRTP']);
  });

  it('has one hop less left, so that telephones that lead to each other come to an end', async () => {
    const call = await bench.call();
    expect(bench.sip.last.request.maxForwards).toBe(call.maxForwards - 1);
  });

  it('passes early media on, and answers with the same description', async () => {
    const call = await bench.call();
    bench.sip.last.emit('progress', { status: 183, reason: '', sdp: 'early' });
    await bench.settle();
    await answer();
    expect(call.said).toEqual(['180', '183 answer to gateway offer', '200 answer to gateway offer']);
    expect(bench.trunks[0]?.incoming.asked).toEqual(["gateway's first offer gateway offer"]);
  });

  it('passes keys on that come by INFO, unless they go with the audio already', async () => {
    bench.gateways = [gatewaySchema.parse({ id: 'gw2', host: '192.0.2.2', dtmf: 'info' })];
    const call = await bench.call();
    await answer();
    bench.sip.last.emit('digitsPressed', '#');
    call.emit('digitsPressed', '5');
    await bench.settle();
    expect(bench.trunks[0]?.incoming.asked.at(-1)).toBe('dtmf #');
    expect(bench.sip.last.commands).not.toContain('info 5');
  });

  it('is ended for both by the caller’s BYE, and leaves nothing behind', async () => {
    const call = await bench.call();
    await answer();
    call.emit('ended', { by: 'remote', q850: 16 });
    await bench.settle();
    expect(bench.sip.last.commands).toEqual(['bye']);
    expect(bench.closings).toMatchObject([{ outcome: 'answered', disconnectedBy: 'caller', q850: 16 }]);
    expect(bench.isFree()).toBe(true);
    expect(bench.reports).toEqual(expect.arrayContaining(['finished', 'gw2 finished']));
  });

  it('is ended for both by the telephone’s BYE', async () => {
    const call = await bench.call();
    await answer();
    bench.sip.last.emit('ended', { by: 'remote', q850: 16 });
    await bench.settle();
    expect(call.said.at(-1)).toBe('bye');
    expect(bench.closings).toMatchObject([{ outcome: 'answered', disconnectedBy: 'called' }]);
    expect(bench.isFree()).toBe(true);
  });

  it.each([
    [486, '486 17', 'busy'],
    [603, '603 21', 'declined'],
    [480, '480 19', 'noAnswer'],
    [404, '404 1', 'wrongNumber'],
    [500, '480 20', 'unreachable'],
  ])('tells the caller of a telephone’s %i by %s', async (status, said, outcome) => {
    const call = await bench.call();
    bench.sip.last.fail(status);
    await bench.settle();
    expect(call.said).toEqual([said]);
    expect(bench.closings).toMatchObject([{ outcome }]);
    expect(bench.isFree()).toBe(true);
  });

  it('gives the telephone up when it rang for as long as the number says', async () => {
    await create({ destination: toMobile, ringSeconds: 5 });
    const call = await bench.call();
    await ring();
    await bench.clock.advanceAsync(4999);
    expect(bench.sip.last.commands).toEqual([]);
    await bench.clock.advanceAsync(1);
    expect(bench.sip.last.commands).toEqual(['cancel']);
    expect(call.said).toEqual(['180', '480 19']);
    expect(bench.isFree()).toBe(true);
  });

  it('is cancelled at the telephone when the caller gives up', async () => {
    const call = await bench.call();
    await ring();
    call.emit('cancelled');
    await bench.settle();
    expect(bench.sip.last.commands).toEqual(['cancel']);
    expect(bench.closings).toMatchObject([{ outcome: 'cancelled', disconnectedBy: 'caller' }]);
    expect(bench.isFree()).toBe(true);
  });

  it('comes after the person who didn’t answer, and tells them who took it in the end', async () => {
    const person = { kind: 'user', userName: 'bob' };
    await create({ destination: person, ringSeconds: 5, otherwise: { destination: toMobile } });
    const bob = bench.connect('bob');
    const call = await bench.call();
    await bench.clock.advanceAsync(5000);
    expect(bob.heard).toEqual(['incoming', 'incomingEnded noAnswer']);
    await expect(bench.calls.answer(bob.client, 'call-1' as CallId, 'o')).rejects.toMatchObject({
      code: 'callNotFound',
    });
    await answer();
    expect(call.said).toEqual(['180', '200 answer to gateway offer']);
  });

  it('ends when the bridge stops', async () => {
    const call = await bench.call();
    await answer();
    await bench.calls.close();
    expect([call.said.at(-1), bench.sip.last.commands]).toEqual(['bye', ['bye']]);
    expect(bench.closings).toMatchObject([{ disconnectedBy: 'bridge', errorCode: 'goingAway' }]);
  });

  describe('in the name of a user', () => {
    it('shows the user’s own number where the caller’s may not be shown', async () => {
      await bench.call();
      expect(bench.sip.last.request.from).toMatchObject({ user: '+12025550111', displayName: 'ALICE' });
    });

    it('shows the caller where the user’s rules allow that', async () => {
      bench.rules = [
        ruleSchema.parse({ id: 'all', action: 'allow', callerNumbers: ['+12025550111', '+442079460018'] }),
      ];
      await bench.call();
      expect(bench.sip.last.request.from).toMatchObject({ user: '+442079460018', displayName: 'ACME' });
    });

    it.each([
      ['no rule of theirs allows it', { rules: [] }, 'noRuleAllows'],
      ['they are switched off', { users: [makeUser('alice', { isEnabled: false })] }, 'accountDisabled'],
      ['they are gone', { users: [] }, 'accountDisabled'],
    ])('calls nobody where %s', async (_, change, code) => {
      Object.assign(bench, change);
      const call = await bench.call();
      expect(call.said).toEqual(['480 20']);
      expect(bench.sip.calls).toHaveLength(0);
      expect(bench.events).toContainEqual({ type: 'forwardRefused', number: mobile, userName: 'alice', code });
      expect(bench.isFree()).toBe(true);
    });

    it('calls no emergency number', async () => {
      await create({ destination: { ...toMobile, number: '+49110' } });
      expect((await bench.call()).said).toEqual(['480 20']);
      expect(bench.sip.calls).toHaveLength(0);
    });

    it('counts in their limits, and gives the place back', async () => {
      bench.rules = [ruleSchema.parse({ id: 'one', action: 'allow', limits: { callsAtOnce: 1 } })];
      const first = await bench.call();
      await answer();
      const second = await bench.call();
      expect(second.said).toEqual(['480 20']);
      first.emit('ended', { by: 'remote' });
      await bench.settle();
      const third = await bench.call();
      await answer();
      expect(third.said.at(-1)).toBe('200 answer to gateway offer');
    });

    it('is ended when it lasts as long as their rule allows', async () => {
      bench.rules = [ruleSchema.parse({ id: 'short', action: 'allow', limits: { maxDurationMs: 60_000 } })];
      const call = await bench.call();
      await answer();
      await bench.clock.advanceAsync(59_999);
      expect(call.said.at(-1)).toBe('200 answer to gateway offer');
      await bench.clock.advanceAsync(1);
      expect([call.said.at(-1), bench.sip.last.commands]).toEqual(['bye', ['bye']]);
      expect(bench.closings).toMatchObject([{ errorCode: 'maxDurationReached', disconnectedBy: 'bridge' }]);
    });
  });

  it('knows the number that was called', async () => {
    await bench.call();
    expect(bench.openings).toMatchObject([{ calledNumber: ours, userId: null }]);
  });
});
