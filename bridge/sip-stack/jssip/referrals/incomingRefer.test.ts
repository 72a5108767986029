import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { IncomingReferral } from '../../port/index.ts';
import { type CallInProgress, callInProgress, nextRequest } from '../testing/callsBothWays.ts';
import { drained } from '../testing/drained.ts';
import { expectNothingHeld } from '../testing/establishedCall.ts';
import { type Bench, makeStack } from '../testing/makeStack.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await makeStack('udp');
});

afterEach(async () => {
  await bench.close();
});

const TARGET: [string, string] = ['Refer-To', '<sip:+12025550123@gw.example>'];

/** The gateway refers us; resolves once the owner has heard of it. */
async function referred({ call, caller, dialog }: CallInProgress, headers = [TARGET]): Promise<IncomingReferral> {
  const heard = new Promise<IncomingReferral>((resolve) => {
    // Both kinds of calls have it, but their event maps differ.
    (call as { once(event: 'referred', listener: (referral: IncomingReferral) => void): unknown }).once(
      'referred',
      resolve,
    );
  });
  caller.inDialog(dialog, 'REFER', { headers });
  return heard;
}

describe.each(['outgoing', 'incoming'] as const)('a REFER of the gateway in a call that is %s', (way) => {
  test('is accepted with 202, then NOTIFYs tell what becomes of it, one after another', async () => {
    const inProgress = await callInProgress(way, bench);
    const referral = await referred(inProgress);
    expect(referral).toMatchObject({ user: '+12025550123', replaces: null });
    const refer = inProgress.dialog.localSequence;
    referral.accept();
    referral.notify(180);
    referral.notify(200);
    referral.notify(486);
    await inProgress.caller.response(202);
    const first = await nextRequest(bench.peer, 'NOTIFY');
    expect(first.request.headers.get('Event')).toBe(`refer;id=${refer}`);
    expect(first.request.headers.get('Subscription-State')).toBe('active;expires=180');
    expect(first.request.headers.get('Content-Type')).toBe('message/sipfrag;version=2.0');
    expect(first.request.body).toBe('SIP/2.0 100 Trying\r\n');
    await drained(bench);
    expect(bench.peer.requests('NOTIFY')).toHaveLength(1);
    first.respond(200);
    const second = await nextRequest(bench.peer, 'NOTIFY', 2);
    expect(second.request.body).toBe('SIP/2.0 180 Ringing\r\n');
    second.respond(200);
    const last = await nextRequest(bench.peer, 'NOTIFY', 3);
    expect(last.request.body).toBe('SIP/2.0 200 OK\r\n');
    expect(last.request.headers.get('Subscription-State')).toBe('terminated;reason=noresource');
    last.respond(200);
    await drained(bench);
    expect(bench.peer.requests('NOTIFY')).toHaveLength(3);
  });

  test('names the dialog that shall be replaced as whoever is called knows it', async () => {
    const inProgress = await callInProgress(way, bench);
    const header = '<sip:100@gw.example?Replaces=c%40d%3Bto-tag%3Dt%3Bfrom-tag%3Df>';
    const referral = await referred(inProgress, [['Refer-To', header]]);
    expect(referral).toMatchObject({ user: '100', replaces: { callId: 'c@d', localTag: 't', remoteTag: 'f' } });
    referral.reject(603);
  });

  test('is refused with the status that the owner wants, once, and nothing is notified', async () => {
    const inProgress = await callInProgress(way, bench);
    const referral = await referred(inProgress);
    referral.reject(488);
    referral.accept();
    referral.notify(200);
    await inProgress.caller.response(488);
    await drained(bench);
    expect(bench.peer.requests('NOTIFY')).toEqual([]);
    expect(inProgress.ends).toEqual([]);
  });

  test.each([
    ['without Refer-To', []],
    ['with two', [TARGET, TARGET]],
    ['with two in one', [['Refer-To', '<sip:1@a>, <sip:2@a>'] as [string, string]]],
  ])('%s gets 400', async (_, headers) => {
    const { caller, dialog } = await callInProgress(way, bench);
    caller.inDialog(dialog, 'REFER', { headers });
    await caller.response(400);
  });

  test('gets 403 where nobody listens', async () => {
    const { caller, dialog } = await callInProgress(way, bench);
    caller.inDialog(dialog, 'REFER', { headers: [TARGET] });
    await caller.response(403);
  });

  test('that wants no NOTIFYs gets none (RFC 4488)', async () => {
    const inProgress = await callInProgress(way, bench);
    const referral = await referred(inProgress, [TARGET, ['Refer-Sub', 'false'], ['Require', 'norefersub']]);
    referral.accept();
    referral.notify(200);
    expect((await inProgress.caller.response(202)).headers.get('Refer-Sub')).toBe('false');
    await drained(bench);
    expect(bench.peer.requests('NOTIFY')).toEqual([]);
  });

  test('hears no more once it has said 481 to a NOTIFY, and the call goes on', async () => {
    const inProgress = await callInProgress(way, bench);
    const referral = await referred(inProgress);
    referral.accept();
    (await nextRequest(bench.peer, 'NOTIFY')).respond(481);
    await drained(bench);
    referral.notify(200);
    await drained(bench);
    expect(bench.peer.requests('NOTIFY')).toHaveLength(1);
    expect(inProgress.ends).toEqual([]);
  });

  test('whose call has ended is not notified, and leaves nothing', async () => {
    const inProgress = await callInProgress(way, bench);
    const referral = await referred(inProgress);
    referral.accept();
    (await nextRequest(bench.peer, 'NOTIFY')).respond(200);
    inProgress.caller.inDialog(inProgress.dialog, 'BYE');
    await expect.poll(() => inProgress.ends.length, { interval: 5 }).toBe(1);
    referral.notify(200);
    await drained(bench);
    expect(bench.peer.requests('NOTIFY')).toHaveLength(1);
    expectNothingHeld(bench);
  });
});

test('a REFER outside of any call gets 403, a NOTIFY 481', async () => {
  const { caller } = await callInProgress('outgoing', bench);
  const stray = { callId: 'none', local: '<sip:gw@x>;tag=1', remote: '<sip:us@x>', routes: [], localSequence: 0 };
  const remoteTarget = `sip:us@127.0.0.1:${bench.port}`;
  caller.inDialog({ ...stray, remoteTarget }, 'REFER', { headers: [TARGET] });
  await caller.response(403);
  caller.inDialog({ ...stray, remoteTarget, localSequence: 1 }, 'NOTIFY', { headers: [['Event', 'refer']] });
  await caller.response(481);
});
