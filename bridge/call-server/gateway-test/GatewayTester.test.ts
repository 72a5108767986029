import { describe, expect, it } from 'vitest';
import type { GatewayTest } from '../../../shared/admin/index.ts';
import { gatewayIdSchema } from '../../../shared/domain/index.ts';
import { openTester } from './testing/openTester.ts';

const withoutCall = ['invite skipped', 'ringing skipped', 'answer skipped', 'audio skipped', 'hangUp skipped'];

describe('A test of a gateway without a call', () => {
  it('tells where the gateway is and that it answers', async () => {
    const { start, read, outcomes, textOf, sip, clock } = openTester();
    const begun = await start();
    expect(begun).toMatchObject({ gatewayId: 'gw1', state: 'running', steps: [], endedAtMs: null });
    await clock.advanceAsync(0);
    expect(await outcomes()).toEqual(['lookUp passed', 'probe passed', 'registration skipped', ...withoutCall]);
    expect(await textOf('lookUp')).toBe('192.0.2.1 leads to 192.0.2.1:5060 (UDP).');
    expect(await textOf('probe')).toBe('192.0.2.1:5060 (UDP) answered 200 after 12 ms.');
    expect(await read()).toMatchObject({ state: 'passed', endedAtMs: clock.now() });
    expect(sip.calls).toHaveLength(0);
    expect(sip.traces).toBe(0);
  });

  it('takes no further step where the name leads nowhere', async () => {
    const { start, read, outcomes, textOf, sip, clock } = openTester();
    sip.places.set('gw1', new Error('DNS knows no such name'));
    await start('+4930123');
    await clock.advanceAsync(0);
    expect(await outcomes()).toEqual(['lookUp failed', 'probe skipped', 'registration skipped', ...withoutCall]);
    expect(await textOf('lookUp')).toContain('DNS knows no such name');
    expect((await read()).state).toBe('failed');
    sip.places.set('gw1', []);
    await start();
    await clock.advanceAsync(0);
    expect(await textOf('lookUp')).toContain('leads nowhere');
  });

  it('probes every place, and one that answers is enough', async () => {
    const { start, outcomes, textOf, sip, clock } = openTester();
    sip.places.set('gw1', ['192.0.2.1', '2001:db8::2']);
    sip.probes.set('192.0.2.1', { isReachable: false, problem: 'the connection was refused' });
    await start();
    await clock.advanceAsync(0);
    expect(await outcomes()).toContain('probe passed');
    expect(await textOf('probe')).toBe(
      '192.0.2.1:5060 (UDP) gave no answer (the connection was refused); [2001:db8::2]:5060 (UDP) answered 200 after 12 ms.',
    );
  });

  it.each([
    ['the connection was refused', 'Nothing listens at that port'],
    ['self-signed certificate', 'certificate is not accepted'],
    ['no answer within 5000 ms', 'a firewall'],
  ])('says what to look at when the probe found: %s', async (problem, hint) => {
    const { start, outcomes, textOf, sip, clock } = openTester();
    sip.probes.set('192.0.2.1', { isReachable: false, problem });
    await start();
    await clock.advanceAsync(0);
    expect(await outcomes()).toContain('probe failed');
    expect(await textOf('probe')).toContain(hint);
  });

  it.each([
    [503, {}, 'failed'],
    [408, {}, 'failed'],
    [401, {}, 'passed'],
    [404, {}, 'passed'],
    [404, { probes: { acceptedStatuses: [200] } }, 'failed'],
    [503, { probes: { acceptedStatuses: [503] } }, 'passed'],
  ])('an answer of %i with %o has %s', async (status, entry, outcome) => {
    const { start, outcomes, sip, clock } = openTester(entry);
    sip.probes.set('192.0.2.1', { isReachable: true, status });
    await start();
    await clock.advanceAsync(0);
    expect(await outcomes()).toContain(`probe ${outcome}`);
  });

  it('doesn’t hold silence against a gateway whose probes are switched off', async () => {
    const { start, read, outcomes, sip, clock } = openTester({ probes: { isOn: false } });
    sip.probes.set('192.0.2.1', { isReachable: false, problem: 'no answer' });
    await start();
    await clock.advanceAsync(0);
    expect(await outcomes()).toContain('probe skipped');
    expect((await read()).state).toBe('passed');
  });
});

describe('The registration with a trunk', () => {
  const trunk = { registration: {}, credentials: { userName: 'trunk', password: 'secret' } };

  it('is told, and waited for while it is under way', async () => {
    const { start, outcomes, textOf, registration, clock } = openTester(trunk);
    registration.now = { state: 'trying', expiresAtMs: null, problem: null };
    await start();
    await clock.advanceAsync(1000);
    expect(await outcomes()).toContain('registration running');
    registration.now = { state: 'registered', expiresAtMs: Date.UTC(2026, 0, 1, 1), problem: null };
    await clock.advanceAsync(250);
    expect(await outcomes()).toContain('registration passed');
    expect(await textOf('registration')).toContain('until 2026-01-01T01:00:00.000Z');
  });

  it.each([
    [{ state: 'failed', expiresAtMs: null, problem: 'answered 403 Forbidden' }, 'Look at the credentials'],
    [{ state: 'failed', expiresAtMs: null, problem: 'no answer' }, 'not registered: no answer'],
    [{ state: 'trying', expiresAtMs: null, problem: null }, 'no answer yet'],
    [null, 'has not begun to register'],
  ] as const)('has failed as %o', async (now, words) => {
    const { start, outcomes, textOf, registration, clock } = openTester(trunk);
    registration.now = now;
    await start();
    await clock.advanceAsync(5000);
    expect(await outcomes()).toContain('registration failed');
    expect(await textOf('registration')).toContain(words);
  });

  it('isn’t asked for while the gateway is switched off', async () => {
    const { start, outcomes, clock } = openTester({ ...trunk, isEnabled: false });
    await start();
    await clock.advanceAsync(0);
    expect(await outcomes()).toContain('registration skipped');
  });
});

describe('Tests of gateways', () => {
  it('are refused for a gateway that isn’t there, and told by nobody for a test that isn’t', async () => {
    const { tester } = openTester();
    await expect(tester.start(gatewayIdSchema.parse('nobody'), { number: null })).rejects.toMatchObject({
      code: 'notFound',
    });
    expect(await tester.get('nothing')).toBeUndefined();
  });

  it('run one at a time for each gateway, in all processes, and side by side for several', async () => {
    const { start, tester, open, clock, gatewayId, sip } = openTester();
    await start('+4930123');
    await clock.advanceAsync(0);
    expect(sip.calls).toHaveLength(1);
    await expect(start()).rejects.toMatchObject({ code: 'conflict' });
    await expect(open().start(gatewayId, { number: null })).rejects.toMatchObject({ code: 'conflict' });
    await tester.start(gatewayIdSchema.parse('gw2'), { number: null });
    sip.last.fail(486);
    await clock.advanceAsync(50);
    await start();
  });

  it('are begun anew where the process of one that ran was lost', async () => {
    const { start, tests, clock, gatewayId } = openTester();
    const lost: GatewayTest = {
      id: 'lost',
      gatewayId,
      state: 'running',
      startedAtMs: clock.now(),
      endedAtMs: null,
      steps: [],
      messages: [],
    };
    await tests.put(lost);
    clock.advance(179_999);
    await expect(start()).rejects.toMatchObject({ code: 'conflict' });
    clock.advance(1);
    await start();
  });

  it('are kept for the last fifty', async () => {
    const { start, tests, clock } = openTester();
    for (let count = 0; count < 52; count += 1) {
      await start();
      await clock.advanceAsync(1);
    }
    const kept = await tests.list();
    expect(kept).toHaveLength(50);
    expect(kept.map(({ id }) => id)).not.toContain('test2');
    expect(kept.map(({ id }) => id)).toContain('test3');
  });

  it('show their own messages, at most 200, and none of other calls', async () => {
    const { start, read, sip, clock } = openTester();
    await start('+4930123');
    sip.pass('INVITE sip:x SIP/2.0\r\nCall-ID: sip-call\r\nCSeq: 1 INVITE\r\n\r\n');
    sip.pass('OPTIONS sip:gw SIP/2.0\r\nCall-ID: probe1\r\nCSeq: 1 OPTIONS\r\n\r\n');
    sip.pass('REGISTER sip:gw SIP/2.0\r\nCall-ID: reg1\r\nCSeq: 7 REGISTER\r\n\r\n');
    await clock.advanceAsync(0);
    sip.pass('INVITE sip:x SIP/2.0\r\nCall-ID: somebody-else\r\nCSeq: 1 INVITE\r\n\r\n');
    sip.pass('OPTIONS sip:gw SIP/2.0\r\nCall-ID: probe2\r\nCSeq: 2 OPTIONS\r\n\r\n');
    sip.pass('SIP/2.0 180 Ringing\r\ni: sip-call\r\nCSeq: 1 INVITE\r\n\r\n');
    await clock.advanceAsync(0);
    expect((await read()).messages.map(({ text }) => text.split(' ')[0])).toEqual(['OPTIONS', 'REGISTER', 'SIP/2.0']);
    for (let count = 3; count < 205; count += 1) sip.pass('SIP/2.0 180 Ringing\r\nCall-ID: sip-call\r\n\r\n');
    sip.last.fail(486);
    await clock.advanceAsync(50);
    expect((await read()).messages).toHaveLength(200);
  });

  it('are called off when the bridge closes, with their call', async () => {
    const { start, tester, read, sip, clock, media } = openTester();
    await start('+4930123');
    await clock.advanceAsync(0);
    sip.last.emit('progress', { status: 180, reason: 'Ringing', sdp: null });
    const closed = tester.close();
    await clock.advanceAsync(100);
    await closed;
    expect(sip.last.commands).toEqual(['bye']);
    expect(media[0]?.isClosed).toBe(true);
    expect((await read()).state).toBe('failed');
    expect(clock.pendingTimers).toBe(0);
  });
});
