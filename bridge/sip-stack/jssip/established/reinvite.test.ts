import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sequenceOf } from '../../message/index.ts';
import { SipRequestError } from '../../port/index.ts';
import { callInProgress, nextRequest } from '../testing/callsBothWays.ts';
import { drained } from '../testing/drained.ts';
import { expectNothingHeld } from '../testing/establishedCall.ts';
import { ANSWER, answer, type Bench, makeStack, OFFER } from '../testing/makeStack.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await makeStack('udp', { gateway: { credentials: { userName: 'trunk', password: 'secret' } } });
});

afterEach(async () => {
  await bench.close();
});

const HOLD = `${OFFER}a=sendonly\r\n`;
const HELD = `${ANSWER}a=recvonly\r\n`;
const WAYS = ['outgoing', 'incoming'] as const;

/** What a promise rejects with, as text. */
const failureOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (error instanceof SipRequestError ? `${error.status} ${error.reason}` : String(error)),
  );

describe.each(WAYS)('a re-INVITE of ours in a call that is %s', (way) => {
  test('carries the offer in the dialog, brings back the answer, and is acknowledged with its own number', async () => {
    const { call, dialog, ends } = await callInProgress(way, bench);
    const answered = call.reinvite(HOLD);
    const { request, respond } = await nextRequest(bench.peer, 'INVITE');
    expect(request.body).toBe(HOLD);
    expect(request.headers.get('From')).toBe(dialog.remote);
    expect(request.headers.get('To')).toBe(dialog.local);
    expect(request.headers.get('Contact')).toBe(`<sip:bridge@127.0.0.1:${bench.port}>`);
    expect(request.headers.list('Allow')).toContain('UPDATE');
    respond(200, { sdp: HELD });
    expect(await answered).toBe(HELD);
    const { request: ack } = await nextRequest(bench.peer, 'ACK');
    expect(ack.headers.get('CSeq')).toBe(`${sequenceOf(request)} ACK`);
    call.bye();
    const { request: bye, respond: respondToBye } = await nextRequest(bench.peer, 'BYE');
    expect(sequenceOf(bye)).toBe(sequenceOf(request) + 1);
    respondToBye(200);
    await expect.poll(() => ends, { interval: 5 }).toEqual(['ended {"by":"local","status":200}']);
    expectNothingHeld(bench);
  });

  test('gets its repeated 2xx acknowledged each time', async () => {
    const { call } = await callInProgress(way, bench);
    const answered = call.reinvite(HOLD);
    const { respond } = await nextRequest(bench.peer, 'INVITE');
    respond(200, { sdp: HELD });
    await answered;
    respond(200, { sdp: HELD });
    respond(200, { sdp: HELD });
    await bench.peer.request('ACK', 3);
    expect(bench.peer.requests('INVITE')).toHaveLength(1);
  });

  test('meets a challenge, with the next number', async () => {
    const { call } = await callInProgress(way, bench);
    const answered = call.reinvite(HOLD);
    const { request, respond } = await nextRequest(bench.peer, 'INVITE');
    respond(407, { headers: [['Proxy-Authenticate', 'Digest realm="gw", nonce="n1"']] });
    const again = await nextRequest(bench.peer, 'INVITE', 2);
    expect(again.request.headers.get('Proxy-Authorization')).toContain('username="trunk"');
    expect(sequenceOf(again.request)).toBe(sequenceOf(request) + 1);
    expect(again.request.body).toBe(HOLD);
    again.respond(200, { sdp: HELD });
    expect(await answered).toBe(HELD);
  });

  test('is refused with the status, and the call goes on', async () => {
    const { call, ends } = await callInProgress(way, bench);
    const failure = failureOf(call.reinvite(HOLD));
    (await nextRequest(bench.peer, 'INVITE')).respond(488);
    expect(await failure).toBe('488 Not Acceptable Here');
    const second = call.reinvite(OFFER);
    (await nextRequest(bench.peer, 'INVITE', 2)).respond(200, { sdp: ANSWER });
    expect(await second).toBe(ANSWER);
    expect(ends).toEqual([]);
  });

  test.each([408, 481])(
    'ends the call when it is answered %d, with a BYE for whoever may still be there',
    async (status) => {
      const { call, ends } = await callInProgress(way, bench);
      const failure = failureOf(call.reinvite(HOLD));
      (await nextRequest(bench.peer, 'INVITE')).respond(status);
      expect(await failure).toMatch(`${status} `);
      expect(ends).toEqual([expect.stringContaining(`"by":"transport","status":${status}`)]);
      (await nextRequest(bench.peer, 'BYE')).respond(481);
      await drained(bench);
      expectNothingHeld(bench);
    },
  );

  test('ends the call when nobody answers it for 64*T1, and not before', async () => {
    const { call, ends } = await callInProgress(way, bench);
    const failure = failureOf(call.reinvite(HOLD));
    await nextRequest(bench.peer, 'INVITE');
    await bench.clock.advanceAsync(31_999);
    expect(ends).toEqual([]);
    await bench.clock.advanceAsync(1);
    expect(await failure).toBe('null the gateway did not answer');
    expect(ends).toEqual([expect.stringContaining('"by":"transport"')]);
    (await nextRequest(bench.peer, 'BYE')).respond(200);
  });

  test('is given up by CANCEL when it rings for 32 s', async () => {
    const { call, ends } = await callInProgress(way, bench);
    const failure = failureOf(call.reinvite(HOLD));
    const { respond } = await nextRequest(bench.peer, 'INVITE');
    respond(180);
    await drained(bench);
    await bench.clock.advanceAsync(31_999);
    expect(bench.peer.requests('CANCEL')).toEqual([]);
    await bench.clock.advanceAsync(1);
    (await nextRequest(bench.peer, 'CANCEL')).respond(200);
    respond(487);
    expect(await failure).toBe('487 Request Terminated');
    expect(ends).toEqual([]);
  });

  test('waits its turn behind another', async () => {
    const { call } = await callInProgress(way, bench);
    const first = call.reinvite(HOLD);
    const second = call.reinvite(OFFER);
    const { respond } = await nextRequest(bench.peer, 'INVITE');
    await drained(bench);
    expect(bench.peer.requests('INVITE')).toHaveLength(1);
    respond(200, { sdp: HELD });
    expect(await first).toBe(HELD);
    (await nextRequest(bench.peer, 'INVITE', 2)).respond(200, { sdp: ANSWER });
    expect(await second).toBe(ANSWER);
    await bench.peer.request('ACK', 2);
    const methods = bench.peer.heard.map(({ message }) => (message.kind === 'request' ? message.method : ''));
    expect(methods.filter((method) => method === 'INVITE' || method === 'ACK')).toEqual([
      'INVITE',
      'ACK',
      'INVITE',
      'ACK',
    ]);
  });

  test('that is answered without SDP is acknowledged, and fails', async () => {
    const { call, ends } = await callInProgress(way, bench);
    const failure = failureOf(call.reinvite(HOLD));
    (await nextRequest(bench.peer, 'INVITE')).respond(200);
    expect(await failure).toBe('200 the gateway answered without SDP');
    await bench.peer.request('ACK');
    expect(ends).toEqual([]);
  });

  test('goes where the gateway has moved to by its answer to the one before', async () => {
    const { call } = await callInProgress(way, bench);
    const first = call.reinvite(HOLD);
    const { request, reply } = await bench.peer.request('INVITE');
    const moved = `sip:moved@127.0.0.1:${bench.peer.port}`;
    reply(answer(bench.peer, request, { status: 200, sdp: HELD, contact: `<${moved}>` }));
    await first;
    expect((await bench.peer.request('ACK')).request.uri).toBe(moved);
    void call.reinvite(OFFER).catch(() => {});
    expect((await bench.peer.request('INVITE', 2)).request.uri).toBe(moved);
  });
});

test.each(WAYS)('a BYE of ours ends what is under way and what waits (%s)', async (way) => {
  const { call } = await callInProgress(way, bench);
  const failures = [failureOf(call.reinvite(HOLD)), failureOf(call.reinvite(OFFER))];
  const { respond } = await nextRequest(bench.peer, 'INVITE');
  call.bye();
  expect(await Promise.all(failures)).toEqual(['null the call has ended', 'null the call has ended']);
  respond(487);
  (await nextRequest(bench.peer, 'BYE')).respond(200);
  await drained(bench);
  expect(bench.peer.requests('INVITE')).toHaveLength(1);
  expectNothingHeld(bench);
});

test.each(WAYS)('a request of the gateway that a later one has overtaken is refused with 500 (%s)', async (way) => {
  const { caller, dialog } = await callInProgress(way, bench);
  caller.inDialog(dialog, 'INFO', { cseq: 20 });
  await caller.response(200);
  caller.inDialog({ ...dialog, callId: dialog.callId, localSequence: 18 }, 'INVITE', { body: OFFER });
  await caller.response(500);
  caller.inDialog({ ...dialog, localSequence: 20 }, 'UPDATE', { body: OFFER });
  await caller.response(200, 2);
});

test.each(WAYS)('a re-INVITE before the answer, or after the end, is refused (%s)', async (way) => {
  const { call, ends } = await callInProgress(way, bench);
  call.bye();
  expect(await failureOf(call.reinvite(HOLD))).toBe('null the call is not up');
  (await nextRequest(bench.peer, 'BYE')).respond(200);
  await expect.poll(() => ends.length, { interval: 5 }).toBe(1);
  expect(call.snapshot()).toBeNull();
  const ringing = bench.dial();
  expect(ringing.call.dialogId).toBeNull();
  expect(await failureOf(ringing.call.reinvite(HOLD))).toBe('null the call is not up');
});
