import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SipRequestError } from '../../port/index.ts';
import { callInProgress, nextRequest } from '../testing/callsBothWays.ts';
import { drained } from '../testing/drained.ts';
import { expectNothingHeld } from '../testing/establishedCall.ts';
import { ANSWER, type Bench, makeStack, OFFER } from '../testing/makeStack.ts';
import { glareWaitMs } from './glareWaitMs.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await makeStack('udp');
});

afterEach(async () => {
  await bench.close();
});

const HOLD = `${OFFER}a=sendonly\r\n`;
/** Lets time pass until so many INVITEs were heard; in steps, so that none is repeated meanwhile. Returns how long it took. */
async function passUntilInvite(count: number): Promise<number> {
  const startedMs = bench.clock.now();
  for (let step = 0; step < 1000 && bench.peer.requests('INVITE').length < count; step += 1) {
    await bench.clock.advanceAsync(10);
  }
  return bench.clock.now() - startedMs;
}

const ALMOST_ONE = 1 - 2 ** -32;

test.each([
  [true, 0, 2100],
  [true, ALMOST_ONE, 4000],
  [false, 0, 0],
  [false, ALMOST_ONE, 2000],
  [false, 0.5, 1000],
])('after a collision the owner of the Call-ID (%s) waits, by chance %d, %d ms', (isOwner, fraction, waitMs) => {
  expect(glareWaitMs(isOwner, fraction)).toBe(waitMs);
});

describe.each([
  ['outgoing', 2100, 4000],
  ['incoming', 0, 2000],
] as const)('two re-INVITEs that meet in a call that is %s', (way, atLeastMs, atMostMs) => {
  test('ours is sent again after its time, theirs is answered meanwhile', async () => {
    const { call, caller, dialog } = await callInProgress(way, bench);
    const answered = call.reinvite(HOLD);
    const first = await nextRequest(bench.peer, 'INVITE');
    caller.inDialog(dialog, 'INVITE', { body: OFFER });
    await caller.response(491);
    caller.inDialog(dialog, 'ACK');
    first.respond(491);
    await bench.peer.request('ACK');
    caller.inDialog(dialog, 'INVITE', { body: OFFER });
    expect((await caller.response(200)).body).toBe(ANSWER);
    caller.inDialog(dialog, 'ACK');
    await drained(bench);
    const waitedMs = await passUntilInvite(2);
    expect(waitedMs).toBeGreaterThanOrEqual(atLeastMs);
    // One step more, since what is sent in one is heard in the next.
    expect(waitedMs).toBeLessThanOrEqual(atMostMs + 10);
    (await nextRequest(bench.peer, 'INVITE', 2)).respond(200, { sdp: ANSWER });
    expect(await answered).toBe(ANSWER);
  });

  test('ours does not leave before theirs was acknowledged', async () => {
    const { call, caller, dialog } = await callInProgress(way, bench);
    caller.inDialog(dialog, 'INVITE', { body: OFFER });
    await caller.response(200);
    const answered = call.reinvite(HOLD);
    await drained(bench);
    expect(bench.peer.requests('INVITE')).toEqual([]);
    caller.inDialog(dialog, 'ACK');
    (await nextRequest(bench.peer, 'INVITE')).respond(200, { sdp: ANSWER });
    expect(await answered).toBe(ANSWER);
  });

  test('their UPDATE with an offer is told to wait too, one without and an OPTIONS are answered', async () => {
    const { call, caller, dialog } = await callInProgress(way, bench);
    const answered = call.reinvite(HOLD);
    const { respond } = await nextRequest(bench.peer, 'INVITE');
    caller.inDialog(dialog, 'UPDATE', { body: OFFER });
    await caller.response(491);
    caller.inDialog(dialog, 'UPDATE');
    await caller.response(200);
    respond(200, { sdp: ANSWER });
    await answered;
    caller.inDialog(dialog, 'UPDATE', { body: OFFER });
    expect((await caller.response(200, 2)).body).toBe(ANSWER);
  });

  test('an offer that is made anew is asked for again for the second try', async () => {
    const { call } = await callInProgress(way, bench);
    let made = 0;
    const answered = call.reinvite(async () => {
      made += 1;
      return OFFER.replace('o=- 1 1', `o=- 1 ${made}`);
    });
    (await nextRequest(bench.peer, 'INVITE')).respond(491);
    await bench.peer.request('ACK');
    await passUntilInvite(2);
    const second = await nextRequest(bench.peer, 'INVITE', 2);
    expect(second.request.body).toContain('o=- 1 2');
    second.respond(200, { sdp: ANSWER });
    await answered;
  });

  test('a gateway that always says 491 is asked six times', async () => {
    const { call, ends } = await callInProgress(way, bench);
    const failed = expect(call.reinvite(HOLD)).rejects.toEqual(
      new SipRequestError({ status: 491, reason: 'Request Pending' }),
    );
    for (let count = 1; count <= 6; count += 1) {
      await passUntilInvite(count);
      (await nextRequest(bench.peer, 'INVITE', count)).respond(491);
      await bench.peer.request('ACK', count);
    }
    await failed;
    await bench.clock.advanceAsync(4000);
    expect(bench.peer.requests('INVITE')).toHaveLength(6);
    expect(ends).toEqual([]);
  });

  test('a gateway that is still busy (500 with Retry-After) is asked again after the time it names', async () => {
    const { call } = await callInProgress(way, bench);
    const answered = call.reinvite(HOLD);
    (await nextRequest(bench.peer, 'INVITE')).respond(500, { headers: [['Retry-After', '10']] });
    await bench.peer.request('ACK');
    await bench.clock.advanceAsync(9999);
    expect(bench.peer.requests('INVITE')).toHaveLength(1);
    await bench.clock.advanceAsync(1);
    (await nextRequest(bench.peer, 'INVITE', 2)).respond(200, { sdp: ANSWER });
    expect(await answered).toBe(ANSWER);
  });

  test.each<[string, [string, string][]]>([
    ['with a time that is too long', [['Retry-After', '11']]],
    ['without a time', []],
  ])('a failure of the gateway %s is final', async (_, headers) => {
    const { call } = await callInProgress(way, bench);
    const failed = expect(call.reinvite(HOLD)).rejects.toMatchObject({ status: 500 });
    (await nextRequest(bench.peer, 'INVITE')).respond(500, { headers });
    await failed;
  });

  test('a BYE that crosses our re-INVITE ends both, and a late 2xx is acknowledged all the same', async () => {
    const { call, caller, dialog, ends } = await callInProgress(way, bench);
    const failed = expect(call.reinvite(HOLD)).rejects.toMatchObject({ status: null, reason: 'the call has ended' });
    const { respond } = await nextRequest(bench.peer, 'INVITE');
    caller.inDialog(dialog, 'BYE');
    await caller.response(200);
    await failed;
    expect(ends).toEqual(['ended {"by":"remote"}']);
    respond(200, { sdp: ANSWER });
    await bench.peer.request('ACK');
    await drained(bench);
    expectNothingHeld(bench);
  });
});
