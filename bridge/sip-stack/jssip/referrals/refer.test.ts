import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sequenceOf } from '../../message/index.ts';
import type { SipReferral } from '../../port/index.ts';
import { type CallInProgress, callInProgress, nextRequest } from '../testing/callsBothWays.ts';
import { expectNothingHeld } from '../testing/establishedCall.ts';
import { type Bench, makeStack } from '../testing/makeStack.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await makeStack('udp', { gateway: { credentials: { userName: 'trunk', password: 'secret' } } });
});

afterEach(async () => {
  await bench.close();
});

const TARGET = { user: '+12025550123' };

function newsOf(referral: SipReferral): string[] {
  const news: string[] = [];
  referral.on('accepted', () => news.push('accepted'));
  referral.on('progressed', ({ status }) => news.push(`progressed ${status}`));
  referral.on('succeeded', () => news.push('succeeded'));
  referral.on('failed', ({ status, reason }) => news.push(`failed ${status} ${reason}`));
  return news;
}

interface Notification {
  readonly body?: string;
  readonly state?: string;
  readonly event?: string | null;
}

/** Sends it and resolves with our answer. */
async function notify({ caller, dialog }: CallInProgress, what: Notification): Promise<number> {
  const { body = '', state = 'active;expires=60', event = 'refer' } = what;
  caller.inDialog(dialog, 'NOTIFY', {
    headers: [...(event === null ? [] : [['Event', event] as [string, string]]), ['Subscription-State', state]],
    ...(body === '' ? {} : { body, bodyType: 'message/sipfrag' }),
  });
  const cseq = `${dialog.localSequence} NOTIFY`;
  const find = () => bench.peer.responses().find(({ headers }) => headers.get('CSeq') === cseq);
  await bench.peer.until(() => find() !== undefined);
  return find()?.status ?? 0;
}

/** A call whose gateway has answered our REFER with 202. */
async function accepted(way: 'outgoing' | 'incoming') {
  const inProgress = await callInProgress(way, bench);
  const news = newsOf(inProgress.call.refer(TARGET));
  const { request, respond } = await nextRequest(bench.peer, 'REFER');
  respond(202);
  await expect.poll(() => news, { interval: 5 }).toEqual(['accepted']);
  return { ...inProgress, news, request };
}

describe.each(['outgoing', 'incoming'] as const)('a REFER of ours in a call that is %s', (way) => {
  test('names the number at the gateway, and us; its NOTIFYs tell how the call goes', async () => {
    const refer = await accepted(way);
    expect(refer.request.headers.all('Refer-To')).toEqual([`<sip:+12025550123@127.0.0.1:${bench.peer.port}>`]);
    expect(refer.request.headers.get('Referred-By')).toBe(`<${refer.call.snapshot()?.localUri}>`);
    expect(refer.request.headers.has('Contact')).toBe(true);
    expect(await notify(refer, { body: 'SIP/2.0 100 Trying\r\n' })).toBe(200);
    expect(await notify(refer, { body: 'SIP/2.0 180 Ringing' })).toBe(200);
    expect(await notify(refer, { body: 'SIP/2.0 200 OK', state: 'terminated;reason=noresource' })).toBe(200);
    expect(refer.news).toEqual(['accepted', 'progressed 100', 'progressed 180', 'succeeded']);
    expect(refer.ends).toEqual([]);
  });

  test('names the dialog that shall be replaced, escaped', async () => {
    const { call } = await callInProgress(way, bench);
    call.refer({ ...TARGET, replaces: { callId: 'x@y', localTag: 'ours', remoteTag: 'theirs' } });
    const { request } = await nextRequest(bench.peer, 'REFER');
    expect(request.headers.get('Refer-To')).toBe(
      `<sip:+12025550123@127.0.0.1:${bench.peer.port}?Replaces=x%40y%3Bto-tag%3Dtheirs%3Bfrom-tag%3Dours>`,
    );
  });

  test('meets a challenge, and knows the NOTIFYs of the second try', async () => {
    const inProgress = await callInProgress(way, bench);
    const news = newsOf(inProgress.call.refer(TARGET));
    const first = await nextRequest(bench.peer, 'REFER');
    first.respond(401, { headers: [['WWW-Authenticate', 'Digest realm="gw", nonce="n1"']] });
    const { request, respond } = await nextRequest(bench.peer, 'REFER', 2);
    expect(request.headers.get('Authorization')).toContain('username="trunk"');
    respond(202);
    expect(await notify(inProgress, { event: `refer;id=${sequenceOf(request)}`, body: 'SIP/2.0 200 OK' })).toBe(200);
    expect(news).toEqual(['accepted', 'succeeded']);
  });

  test('may hear a NOTIFY before its 202', async () => {
    const inProgress = await callInProgress(way, bench);
    const news = newsOf(inProgress.call.refer(TARGET));
    const { respond } = await nextRequest(bench.peer, 'REFER');
    expect(await notify(inProgress, { body: 'SIP/2.0 180 Ringing' })).toBe(200);
    expect(news).toEqual(['accepted', 'progressed 180']);
    respond(202);
    expect(await notify(inProgress, { body: 'SIP/2.0 200 OK' })).toBe(200);
    expect(news).toEqual(['accepted', 'progressed 180', 'succeeded']);
  });

  test.each([403, 405, 408, 501, 603])('that is refused with %d fails, and the call goes on', async (status) => {
    const { call, ends } = await callInProgress(way, bench);
    const news = newsOf(call.refer(TARGET));
    (await nextRequest(bench.peer, 'REFER')).respond(status);
    await expect.poll(() => news, { interval: 5 }).toEqual([expect.stringContaining(`failed ${status} `)]);
    expect(ends).toEqual([]);
  });

  test('that is answered 481 fails, and the call ends', async () => {
    const { call, ends } = await callInProgress(way, bench);
    const news = newsOf(call.refer(TARGET));
    (await nextRequest(bench.peer, 'REFER')).respond(481);
    await expect.poll(() => ends, { interval: 5 }).toEqual([expect.stringContaining('"status":481')]);
    expect(news).toEqual([expect.stringContaining('failed 481 ')]);
  });

  test('that is not answered for 64*T1 fails, and the call goes on', async () => {
    const { call, ends } = await callInProgress(way, bench);
    const news = newsOf(call.refer(TARGET));
    await nextRequest(bench.peer, 'REFER');
    await bench.clock.advanceAsync(31_999);
    expect(news).toEqual([]);
    await bench.clock.advanceAsync(1);
    expect(news).toEqual(['failed null the gateway did not answer']);
    expect(ends).toEqual([]);
  });

  test('whose call fails says so with the status', async () => {
    const refer = await accepted(way);
    expect(await notify(refer, { body: 'SIP/2.0 486 Busy Here', state: 'terminated' })).toBe(200);
    expect(refer.news).toEqual(['accepted', 'failed 486 the call that was asked for failed']);
  });

  test('of which nothing is heard for 60 s fails; each NOTIFY begins the time anew', async () => {
    const refer = await accepted(way);
    await bench.clock.advanceAsync(59_999);
    await notify(refer, { body: 'SIP/2.0 180 Ringing' });
    await bench.clock.advanceAsync(59_999);
    expect(refer.news).toEqual(['accepted', 'progressed 180']);
    await bench.clock.advanceAsync(1);
    expect(refer.news.at(-1)).toBe('failed null nothing was heard of the transfer');
  });

  test('hears nothing in a NOTIFY that can’t be read, unless it is the last', async () => {
    const refer = await accepted(way);
    expect(await notify(refer, { body: 'what?' })).toBe(200);
    expect(await notify(refer, {})).toBe(200);
    expect(refer.news).toEqual(['accepted']);
    expect(await notify(refer, { state: 'terminated;reason=timeout' })).toBe(200);
    expect(refer.news.at(-1)).toBe('failed null the gateway did not say what became of the transfer');
  });

  test('is told by Event ids from another', async () => {
    const inProgress = await callInProgress(way, bench);
    const news = [newsOf(inProgress.call.refer(TARGET)), newsOf(inProgress.call.refer({ user: '100' }))];
    const requests = [await nextRequest(bench.peer, 'REFER', 1), await nextRequest(bench.peer, 'REFER', 2)];
    for (const { respond } of requests) respond(202);
    const [first, second] = requests.map(({ request }) => sequenceOf(request));
    expect(await notify(inProgress, { event: `refer;id=${first}`, body: 'SIP/2.0 603 Decline' })).toBe(200);
    expect(await notify(inProgress, { event: `refer; id=${second}`, body: 'SIP/2.0 200 OK' })).toBe(200);
    expect(await notify(inProgress, { event: `refer;id=${(second ?? 0) + 1}`, body: 'SIP/2.0 200 OK' })).toBe(481);
    expect(news.map((texts) => texts.at(-1))).toEqual(['failed 603 the call that was asked for failed', 'succeeded']);
  });

  test('hears late NOTIFYs without another word', async () => {
    const refer = await accepted(way);
    await notify(refer, { body: 'SIP/2.0 200 OK' });
    expect(await notify(refer, { body: 'SIP/2.0 486 Busy Here', state: 'terminated' })).toBe(200);
    expect(refer.news).toEqual(['accepted', 'succeeded']);
  });

  test('says nothing more once the call has ended, and leaves nothing', async () => {
    const refer = await accepted(way);
    refer.caller.inDialog(refer.dialog, 'BYE');
    await expect.poll(() => refer.ends.length, { interval: 5 }).toBe(1);
    expect(await notify(refer, { body: 'SIP/2.0 200 OK' })).toBe(481);
    expectNothingHeld(bench);
    expect(refer.news).toEqual(['accepted']);
  });

  test.each([
    [{ body: 'SIP/2.0 200 OK' }, 481],
    [{ event: 'presence' }, 489],
    [{ event: null }, 489],
  ])('NOTIFY %j without a REFER gets %d', async (what, status) => {
    expect(await notify(await callInProgress(way, bench), what)).toBe(status);
  });
});

test('a REFER before the answer is an error', () => {
  expect(() => bench.dial().call.refer(TARGET)).toThrow('the call is not up');
});
