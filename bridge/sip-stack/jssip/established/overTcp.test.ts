import { afterEach, beforeEach, expect, test } from 'vitest';
import { callInProgress, nextRequest } from '../testing/callsBothWays.ts';
import { expectNothingHeld } from '../testing/establishedCall.ts';
import { ANSWER, type Bench, makeStack, OFFER } from '../testing/makeStack.ts';

// Over TCP a transaction is over the moment that it is answered, and nothing of the call may be left on the wire.
let bench: Bench;

beforeEach(async () => {
  bench = await makeStack('tcp', { gateway: { credentials: { userName: 'trunk', password: 'secret' } } });
});

afterEach(async () => {
  await bench.close();
});

test('a challenge to a re-INVITE and to a REFER is met', async () => {
  const { call } = await callInProgress('outgoing', bench);
  await bench.clock.advanceAsync(64_000);
  const challenge: [string, string][] = [['WWW-Authenticate', 'Digest realm="gw", nonce="n1"']];
  const answered = call.reinvite(OFFER);
  (await nextRequest(bench.peer, 'INVITE')).respond(401, { headers: challenge });
  (await nextRequest(bench.peer, 'INVITE', 2)).respond(200, { sdp: ANSWER });
  expect(await answered).toBe(ANSWER);
  const news: string[] = [];
  const referral = call.refer({ user: '100' });
  referral.on('accepted', () => news.push('accepted'));
  referral.on('failed', ({ reason }) => news.push(reason));
  const { request, respond } = await nextRequest(bench.peer, 'REFER');
  expect(request.headers.get('Authorization')).toContain('nonce="n1"');
  respond(401, { headers: [['WWW-Authenticate', 'Digest realm="gw", nonce="n2", stale=true']] });
  (await nextRequest(bench.peer, 'REFER', 2)).respond(202);
  await expect.poll(() => news, { interval: 5 }).toEqual(['accepted']);
});

test('a gateway that forgot a call long ago hears our BYE all the same', async () => {
  const { call, ends } = await callInProgress('outgoing', bench);
  await bench.clock.advanceAsync(64_000);
  expect(bench.stack.holdings()).toMatchObject({ clientTransactions: 0, timers: 0 });
  const failed = expect(call.reinvite(OFFER)).rejects.toMatchObject({ status: 481 });
  (await nextRequest(bench.peer, 'INVITE')).respond(481);
  await failed;
  (await nextRequest(bench.peer, 'BYE')).respond(481);
  expect(ends).toEqual([expect.stringContaining('"status":481')]);
  await expect.poll(() => bench.stack.holdings().clientTransactions, { interval: 5 }).toBe(0);
  expectNothingHeld(bench);
});

test('a re-INVITE is sent again once where its connection is lost; the second time it fails, and the call goes on', async () => {
  const { call, ends } = await callInProgress('outgoing', bench);
  await bench.clock.advanceAsync(64_000);
  const failed = expect(call.reinvite(OFFER)).rejects.toMatchObject({ status: null });
  const { request: first } = await nextRequest(bench.peer, 'INVITE');
  bench.peer.dropConnections();
  const { request: second } = await nextRequest(bench.peer, 'INVITE', 2);
  expect(second.headers.get('CSeq')).toBe(first.headers.get('CSeq'));
  bench.peer.dropConnections();
  await failed;
  expect(ends).toEqual([]);
  const again = call.reinvite(OFFER);
  (await nextRequest(bench.peer, 'INVITE', 3)).respond(200, { sdp: ANSWER });
  expect(await again).toBe(ANSWER);
});
