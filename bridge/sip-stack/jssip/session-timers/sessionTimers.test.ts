import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CallInProgress, callInProgress, nextRequest } from '../testing/callsBothWays.ts';
import { drained } from '../testing/drained.ts';
import { expectNothingHeld } from '../testing/establishedCall.ts';
import { ANSWER, answer, type Bench, makeStack, OFFER } from '../testing/makeStack.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await makeStack('udp');
});

afterEach(async () => {
  await bench.close();
});

type Header = [string, string];
const TIMER: Header = ['Supported', 'timer'];
const UPDATE: Header = ['Allow', 'INVITE, UPDATE'];
const OURS = { outgoing: 'uac', incoming: 'uas' } as const;
const THEIRS = { outgoing: 'uas', incoming: 'uac' } as const;

/** A call in which the gateway wants 100 s. */
function timed(way: 'outgoing' | 'incoming', refresher: 'ours' | 'theirs', more: Header[] = [UPDATE]) {
  const who = (refresher === 'ours' ? OURS : THEIRS)[way];
  return callInProgress(way, bench, { headers: [['Session-Expires', `100;refresher=${who}`], TIMER, ...more] });
}

/** Moves time so that nothing is sent twice at its end: what falls due there was answered in good time before. */
const pass = (ms: number) => bench.clock.advanceAsync(ms);

describe.each(['outgoing', 'incoming'] as const)('a session timer of 100 s in a call that is %s', (way) => {
  test('that is ours is refreshed by UPDATE after half of it, again and again', async () => {
    const { ends } = await timed(way, 'ours');
    await pass(49_999);
    expect(bench.peer.requests('UPDATE')).toEqual([]);
    await pass(1);
    const first = await nextRequest(bench.peer, 'UPDATE');
    expect(first.request.body).toBe('');
    expect(first.request.headers.get('Session-Expires')).toBe('100;refresher=uac');
    expect(first.request.headers.lists('Supported', 'timer')).toBe(true);
    first.respond(200, { headers: [['Session-Expires', '100;refresher=uac']] });
    await drained(bench);
    await pass(49_999);
    expect(bench.peer.requests('UPDATE')).toHaveLength(1);
    await pass(1);
    (await nextRequest(bench.peer, 'UPDATE', 2)).respond(200, { headers: [['Session-Expires', '100;refresher=uac']] });
    await drained(bench);
    expect(ends).toEqual([]);
  });

  test('that is ours is refreshed by the same offer where the gateway takes no UPDATE', async () => {
    const answers: string[] = [];
    const { call } = await callInProgress(way, bench, {
      headers: [['Session-Expires', `100;refresher=${OURS[way]}`], TIMER],
      handlers: { onRemoteAnswer: (sdp) => answers.push(sdp) },
    });
    await pass(50_000);
    const { request, respond } = await nextRequest(bench.peer, 'INVITE');
    expect(request.body).toBe(way === 'outgoing' ? OFFER : ANSWER);
    expect(request.headers.get('Session-Expires')).toBe('100;refresher=uac');
    const same = way === 'outgoing' ? ANSWER : OFFER;
    respond(200, { sdp: same.replace('o=- 1 1', 'o=- 1 2'), headers: [['Session-Expires', '100;refresher=uac']] });
    await bench.peer.request('ACK');
    await drained(bench);
    expect(answers).toEqual([]);
    const held = call.reinvite(`${OFFER}a=sendonly\r\n`);
    (await nextRequest(bench.peer, 'INVITE', 2)).respond(200, {
      sdp: ANSWER,
      headers: [['Session-Expires', '100;refresher=uac']],
    });
    await held;
    await drained(bench);
    await pass(50_000);
    const again = await nextRequest(bench.peer, 'INVITE', 3);
    expect(again.request.body).toBe(`${OFFER}a=sendonly\r\n`);
    again.respond(200, { sdp: ANSWER.replace('5000', '6000'), headers: [['Session-Expires', '100;refresher=uac']] });
    await expect.poll(() => answers, { interval: 5 }).toEqual([ANSWER.replace('5000', '6000')]);
  });

  test('that is ours is refreshed by re-INVITE once an UPDATE was answered 405', async () => {
    await timed(way, 'ours');
    await pass(50_000);
    (await nextRequest(bench.peer, 'UPDATE')).respond(405);
    (await nextRequest(bench.peer, 'INVITE')).respond(200, {
      sdp: ANSWER,
      headers: [['Session-Expires', '100;refresher=uac']],
    });
    await bench.peer.request('ACK');
    await drained(bench);
    await pass(50_000);
    await nextRequest(bench.peer, 'INVITE', 2);
    expect(bench.peer.requests('UPDATE')).toHaveLength(1);
  });

  test('whose refreshes are refused is tried again each 10 s, and ends the call where it expires', async () => {
    const { ends } = await timed(way, 'ours');
    await pass(50_000);
    (await nextRequest(bench.peer, 'UPDATE')).respond(500);
    await drained(bench);
    await pass(9_999);
    expect(bench.peer.requests('UPDATE')).toHaveLength(1);
    await pass(1);
    (await nextRequest(bench.peer, 'UPDATE', 2)).respond(500);
    await drained(bench);
    // A session of 100 s is given up 32 s before its end.
    await pass(7_999);
    expect(ends).toEqual([]);
    await pass(1);
    expect(ends).toEqual(['ended {"by":"transport","reason":"the dialog was lost (nobody refreshed the session)"}']);
    (await nextRequest(bench.peer, 'BYE')).respond(200);
    await drained(bench);
    expectNothingHeld(bench);
  });

  test.each([408, 481])('whose refresh is answered %d ends the call at once', async (status) => {
    const { ends } = await timed(way, 'ours');
    await pass(50_000);
    (await nextRequest(bench.peer, 'UPDATE')).respond(status);
    await expect.poll(() => ends, { interval: 5 }).toEqual([expect.stringContaining(`"status":${status}`)]);
    await nextRequest(bench.peer, 'BYE');
  });

  test('whose interval is too short for a proxy (422) grows to what that wants', async () => {
    await timed(way, 'ours');
    await pass(50_000);
    (await nextRequest(bench.peer, 'UPDATE')).respond(422, { headers: [['Min-SE', '300']] });
    const { request, respond } = await nextRequest(bench.peer, 'UPDATE', 2);
    expect(request.headers.get('Session-Expires')).toBe('300;refresher=uac');
    expect(request.headers.get('Min-SE')).toBe('300');
    respond(200, { headers: [['Session-Expires', '300;refresher=uac']] });
    await drained(bench);
    await pass(149_999);
    expect(bench.peer.requests('UPDATE')).toHaveLength(2);
    await pass(1);
    await nextRequest(bench.peer, 'UPDATE', 3);
  });

  test('that is the gateway’s is never refreshed by us, and ends the call 32 s before it runs out', async () => {
    const { ends } = await timed(way, 'theirs');
    await pass(67_999);
    expect(ends).toEqual([]);
    expect(bench.peer.heard).toEqual([]);
    await pass(1);
    expect(ends).toEqual([expect.stringContaining('nobody refreshed the session')]);
    (await nextRequest(bench.peer, 'BYE')).respond(200);
    await drained(bench);
    expectNothingHeld(bench);
  });

  test.each(['UPDATE', 'INVITE'])('that is the gateway’s goes on when that refreshes it by %s', async (method) => {
    const { caller, dialog, ends } = await timed(way, 'theirs');
    await pass(60_000);
    const headers: Header[] = [['Session-Expires', '100;refresher=uac'], TIMER];
    caller.inDialog(dialog, method, { headers, ...(method === 'INVITE' ? { body: OFFER } : {}) });
    const ok = await caller.response(200);
    expect(ok.headers.get('Session-Expires')).toBe('100;refresher=uac');
    expect(ok.headers.lists('Require', 'timer')).toBe(true);
    if (method === 'INVITE') caller.inDialog(dialog, 'ACK');
    await drained(bench);
    await pass(67_999);
    expect(ends).toEqual([]);
    await pass(1);
    expect(ends).toHaveLength(1);
  });

  test('can be handed to us by a refresh of the gateway, and be ended by one without a timer', async () => {
    const { caller, dialog, ends } = await timed(way, 'theirs');
    caller.inDialog(dialog, 'UPDATE', { headers: [['Session-Expires', '100;refresher=uas'], TIMER] });
    expect((await caller.response(200)).headers.get('Session-Expires')).toBe('100;refresher=uas');
    await pass(50_000);
    (await nextRequest(bench.peer, 'UPDATE')).respond(200, { headers: [['Session-Expires', '100;refresher=uac']] });
    await drained(bench);
    caller.inDialog(dialog, 'UPDATE', { headers: [TIMER] });
    expect((await caller.response(200, 2)).headers.has('Session-Expires')).toBe(false);
    await pass(300_000);
    expect(ends).toEqual([]);
    expect(bench.peer.requests('UPDATE')).toHaveLength(1);
  });

  test('leaves no timer behind when the call ends', async () => {
    const { call } = await timed(way, 'ours');
    call.bye();
    (await nextRequest(bench.peer, 'BYE')).respond(200);
    await drained(bench);
    expectNothingHeld(bench);
  });
});

describe('asking for a session timer', () => {
  const wanting = (): CallInProgress | Promise<CallInProgress> => callInProgress('outgoing', bench);

  beforeEach(async () => {
    await bench.close();
    bench = await makeStack('udp', { gateway: { sessionExpiresSeconds: 600 } });
  });

  test('is done in the INVITE, and not where nobody wants it', async () => {
    bench.dial();
    const { request } = await bench.peer.request('INVITE');
    expect(request.headers.get('Session-Expires')).toBe('600');
    expect(request.headers.lists('Supported', 'timer')).toBe(true);
    const plain = await makeStack('udp');
    plain.dial();
    expect((await plain.peer.request('INVITE')).request.headers.has('Session-Expires')).toBe(false);
    await plain.close();
  });

  test('is repeated with what a 422 wants, and the call goes on as usual', async () => {
    const { call, saw, events } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    reply(answer(bench.peer, request, { status: 422, headers: [['Min-SE', '900']] }));
    const second = await bench.peer.request('INVITE', 2);
    expect(second.request.headers.get('Session-Expires')).toBe('900');
    expect(second.request.headers.get('Min-SE')).toBe('900');
    expect(second.request.headers.get('CSeq')).not.toBe(request.headers.get('CSeq'));
    second.reply(answer(bench.peer, second.request, { status: 200, sdp: ANSWER }));
    await saw('answered');
    expect(events).toEqual(['sent', 'answered']);
    const { request: ack } = await nextRequest(bench.peer, 'ACK', 2);
    expect(ack.headers.get('CSeq')?.split(' ')[0]).toBe(second.request.headers.get('CSeq')?.split(' ')[0]);
    call.bye();
    (await nextRequest(bench.peer, 'BYE')).respond(200);
    await saw('ended');
    expectNothingHeld(bench);
  });

  test.each([
    ['599', false],
    ['600', false],
    ['601', true],
  ])('is not repeated over a 422 that wants no more than was asked (Min-SE %s)', async (minimum, isRepeated) => {
    const { saw } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    reply(answer(bench.peer, request, { status: 422, headers: [['Min-SE', minimum]] }));
    if (isRepeated) await bench.peer.request('INVITE', 2);
    else await saw('failed {"kind":"response","status":422');
  });

  test('is met by us alone where the gateway doesn’t know timers', async () => {
    await wanting();
    await pass(299_999);
    expect(bench.peer.requests('INVITE')).toEqual([]);
    await pass(1);
    await nextRequest(bench.peer, 'INVITE');
  });

  test('of a caller who doesn’t is done in our answer, and we refresh', async () => {
    const { caller } = await callInProgress('incoming', bench);
    expect(caller.calls).toHaveLength(1);
    await pass(300_000);
    const { request } = await nextRequest(bench.peer, 'INVITE');
    expect(request.headers.get('Session-Expires')).toBe('600;refresher=uac');
  });
});

describe('the interval that a caller asks for', () => {
  test.each([
    [89, 422],
    [90, 180],
    [91, 180],
  ])('of %d s gets %d', async (seconds, status) => {
    const { caller } = await callInProgress('outgoing', bench);
    const ringing = new Promise<void>((resolve) => {
      bench.stack.events.once('incomingCall', (call) => {
        call.ring();
        resolve();
      });
    });
    caller.send(caller.invite({ headers: [`Session-Expires: ${seconds}`, 'Supported: timer'] }));
    const response = await caller.response(status);
    if (status === 422) expect(response.headers.get('Min-SE')).toBe('90');
    else await ringing;
  });

  test('is told in our 200 with who refreshes: we, unless the caller wants to', async () => {
    const { caller } = await callInProgress('outgoing', bench);
    const asked = [
      ['x: 1800', 'Supported: timer'],
      ['Session-Expires: 1800;refresher=uac', 'Supported: timer'],
      // By a proxy, for a caller who doesn't know timers.
      ['Session-Expires: 1800;refresher=uac'],
      ['Session-Expires: 1800', 'Min-SE: 2000', 'Supported: timer'],
      ['Session-Expires: soon', 'Supported: timer'],
    ];
    const said: (string | undefined)[] = [];
    for (const [index, headers] of asked.entries()) {
      const { call } = await caller.call({ callId: `in-${index}`, headers });
      call.answer(ANSWER, { onRemoteOffer: async () => ANSWER });
      const ok = await caller.response(200, index + 1);
      said.push(ok.headers.get('Session-Expires'));
      caller.inDialog(caller.dialog(ok), 'ACK');
    }
    expect(said).toEqual([
      '1800;refresher=uas',
      '1800;refresher=uac',
      '1800;refresher=uas',
      '2000;refresher=uas',
      undefined,
    ]);
  });
});
