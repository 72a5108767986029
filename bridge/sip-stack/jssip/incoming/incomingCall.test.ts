import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tagOf } from '../../message/index.ts';
import { Caller, type Received } from '../testing/Caller.ts';
import { ANSWER, type Bench, makeStack, OFFER } from '../testing/makeStack.ts';

let bench: Bench;
let caller: Caller;

beforeEach(async () => {
  bench = await makeStack('udp');
  caller = new Caller(bench);
});

afterEach(async () => {
  await bench.close();
});

const HANDLERS = { onRemoteOffer: async () => ANSWER };

/** Waits until the call has told of it. */
async function saw({ events }: Received, event: string): Promise<void> {
  await expect.poll(() => events.some((text) => text.startsWith(event)), { interval: 5 }).toBe(true);
}

async function answered(more: Parameters<Caller['invite']>[0] = {}) {
  const received = await caller.call(more);
  received.call.answer(ANSWER, HANDLERS);
  const ok = await caller.response(200);
  return { ...received, ok, dialog: caller.dialog(ok) };
}

async function established() {
  const up = await answered();
  caller.inDialog(up.dialog, 'ACK');
  await saw(up, 'confirmed');
  return up;
}

/** Everything has run out: nothing is held but user agents, by us or by JsSIP. */
async function expectNothingHeld(): Promise<void> {
  bench.clock.advance(64_000);
  expect(bench.stack.holdings()).toMatchObject({ calls: 0, clientTransactions: 0, serverTransactions: 0, timers: 0 });
  await expect
    .poll(() => bench.stack.heldByJsSip(), { interval: 5 })
    .toEqual({ sessions: 0, dialogs: 0, transactions: 0 });
}

describe('a gateway that is changed while its call rings', () => {
  test.each([
    ['moved', () => bench.stack.probe({ ...bench.gateway, domain: 'moved.example' }, { timeoutMs: 1 })],
    ['deleted', () => bench.stack.forget('gw1')],
  ])('is answered where it called from, also when it was %s', async (_, change) => {
    const received = await caller.call();
    const changed = change();
    bench.clock.advance(1);
    await changed;
    received.call.answer(ANSWER, HANDLERS);
    const dialog = caller.dialog(await caller.response(200));
    caller.inDialog(dialog, 'ACK');
    await saw(received, 'confirmed');
    caller.inDialog(dialog, 'BYE');
    await caller.response(200, 2);
    await expectNothingHeld();
  });
});

describe('a call from a gateway', () => {
  test('is told with who calls whom, rings, is answered and hung up by the gateway', async () => {
    const received = await caller.call();
    const { call } = received;
    await caller.response(100);
    expect(call).toMatchObject({
      peerId: 'gw1',
      source: { transport: 'udp', address: '127.0.0.1', port: bench.peer.port },
      calledUser: '+12025550199',
      toUser: '+12025550199',
      callingUser: '+12025550100',
      callingName: 'Bob',
      offer: OFFER,
      maxForwards: 70,
      sipCallId: 'call-in',
    });
    call.ring();
    call.ring();
    const ringing = await caller.response(180, 2);
    expect(ringing.headers.get('Contact')).toBe(`<sip:bridge@127.0.0.1:${bench.port}>`);
    call.answer(ANSWER, HANDLERS);
    const ok = await caller.response(200);
    expect(ok.body).toBe(ANSWER);
    expect(tagOf(ok.headers.get('To'))).toBe(tagOf(ringing.headers.get('To')));
    const dialog = caller.dialog(ok);
    caller.inDialog(dialog, 'ACK');
    await saw(received, 'confirmed');
    caller.inDialog(dialog, 'BYE', { headers: [['Reason', 'Q.850;cause=16']] });
    await caller.response(200, 2);
    expect(received.events).toEqual(['confirmed', 'ended {"by":"remote","q850":16,"reason":"Q.850;cause=16"}']);
    await expectNothingHeld();
  });

  test('is hung up by us, with a reason', async () => {
    const up = await established();
    up.call.bye({ q850: 16, text: 'done' });
    const { request: bye, reply } = await bench.peer.request('BYE');
    expect(bye.uri).toBe(`sip:gw@127.0.0.1:${bench.peer.port}`);
    expect(bye.headers.get('Reason')).toBe('Q.850;cause=16;text="done"');
    expect(bye.headers.get('Call-ID')).toBe('call-in');
    expect(tagOf(bye.headers.get('To'))).toBe('far');
    reply(okTo(bye));
    await saw(up, 'ended {"by":"local","status":200}');
    await expectNothingHeld();
  });

  test('carries early media in a 183', async () => {
    const { call } = await caller.call();
    call.progress(ANSWER);
    expect((await caller.response(183)).body).toBe(ANSWER);
    call.reject({ status: 486 });
  });

  test('is said to ring again each minute, so that no proxy gives up waiting', async () => {
    const { call } = await caller.call();
    call.ring();
    await caller.response(180);
    bench.clock.advance(59_999);
    expect(bench.peer.responses(180)).toHaveLength(1);
    bench.clock.advance(1);
    await caller.response(180, 2);
    call.reject({ status: 480 });
    await caller.response(480);
  });

  test('without a listener is refused with 480', async () => {
    bench.stack.events.removeAllListeners('incomingCall');
    caller.send(caller.invite());
    await caller.response(480);
  });

  test('whose listener fails is refused, and holds nothing', async () => {
    bench.stack.events.removeAllListeners('incomingCall');
    bench.stack.events.on('incomingCall', () => {
      throw new Error('broken');
    });
    caller.send(caller.invite());
    await caller.response(500);
    await expectNothingHeld();
  });

  test('keeps its route through proxies both ways', async () => {
    const route = `<sip:127.0.0.1:${bench.peer.port};lr;of=one>`;
    const up = await answered({ headers: [`Record-Route: ${route}`, 'Record-Route: <sip:192.0.2.9;lr>'] });
    expect(up.ok.headers.all('Record-Route')).toEqual([route, '<sip:192.0.2.9;lr>']);
    caller.inDialog({ ...up.dialog, routes: [] }, 'ACK');
    await saw(up, 'confirmed');
    up.call.bye();
    const { request: bye, reply } = await bench.peer.request('BYE');
    expect(bye.headers.all('Route')).toEqual([route, '<sip:192.0.2.9;lr>']);
    reply(okTo(bye));
    await saw(up, 'ended');
  });
});

describe('a refusal', () => {
  test('says status, reason, when to come back and the Q.850 cause, and nothing is told after it', async () => {
    const { call, events } = await caller.call();
    call.reject({ status: 503, reason: 'Too "much"', retryAfterMs: 4001, q850: 42 });
    const response = await caller.response(503);
    expect(response.reason).toBe('Too much');
    expect(response.headers.get('Retry-After')).toBe('5');
    expect(response.headers.get('Reason')).toBe('Q.850;cause=42');
    call.ring();
    call.answer(ANSWER, HANDLERS);
    call.bye();
    bench.clock.advance(500);
    await caller.response(503, 2);
    expect(bench.peer.responses().map(({ status }) => status)).toEqual([100, 503, 503]);
    expect(events).toEqual([]);
    await expectNothingHeld();
  });

  test.each([299, 700, 404.5])('can’t have the status %s', async (status) => {
    const { call } = await caller.call();
    expect(() => call.reject({ status })).toThrow(RangeError);
    call.reject({ status: 404 });
  });
});

describe('giving up before the answer', () => {
  test('a CANCEL ends the call with 487', async () => {
    const received = await caller.call();
    received.call.ring();
    caller.cancel(caller.invite());
    await caller.response(487);
    await caller.response(200);
    expect(received.events).toEqual(['cancelled']);
    received.call.answer(ANSWER, HANDLERS);
    await expectNothingHeld();
  });

  test('a CANCEL that crosses our answer changes nothing: the gateway hangs up with a BYE', async () => {
    const up = await answered();
    caller.cancel(caller.invite());
    await caller.response(200, 2);
    caller.inDialog(up.dialog, 'ACK');
    await saw(up, 'confirmed');
    caller.inDialog(up.dialog, 'BYE');
    await saw(up, 'ended {"by":"remote"');
    expect(bench.peer.responses(487)).toHaveLength(0);
    await expectNothingHeld();
  });

  test('a BYE before the answer does the same as a CANCEL', async () => {
    const received = await caller.call();
    received.call.ring();
    caller.inDialog(caller.dialog(await caller.response(180)), 'BYE');
    await caller.response(487);
    await caller.response(200);
    expect(received.events).toEqual(['cancelled']);
    await expectNothingHeld();
  });

  test('an INVITE runs out when its Expires says so', async () => {
    const received = await caller.call({ headers: ['Expires: 20'] });
    bench.clock.advance(19_999);
    expect(bench.peer.responses(487)).toHaveLength(0);
    bench.clock.advance(1);
    await caller.response(487);
    expect(received.events).toEqual(['cancelled']);
    await expectNothingHeld();
  });

  test('an answer stops the time of Expires', async () => {
    const up = await answered({ headers: ['Expires: 20'] });
    caller.inDialog(up.dialog, 'ACK');
    await saw(up, 'confirmed');
    bench.clock.advance(20_000);
    expect(up.events).toEqual(['confirmed']);
  });
});

describe('the ACK', () => {
  test('is waited for with repeats of the 200', async () => {
    const up = await answered();
    bench.clock.advance(500);
    await caller.response(200, 2);
    bench.clock.advance(1000);
    await caller.response(200, 3);
    caller.inDialog(up.dialog, 'ACK');
    await saw(up, 'confirmed');
    bench.clock.advance(10_000);
    expect(bench.peer.responses(200)).toHaveLength(3);
  });

  test('that never comes ends the call with a BYE after 64*T1', async () => {
    const up = await answered();
    bench.clock.advance(31_999);
    expect(up.events).toEqual([]);
    bench.clock.advance(1);
    await saw(up, 'ended {"by":"transport","status":408');
    const { request: bye, reply } = await bench.peer.request('BYE');
    expect(bye.headers.get('Call-ID')).toBe('call-in');
    reply(okTo(bye));
    await bench.peer.until(() => bench.stack.holdings().calls === 0);
    await expectNothingHeld();
  });

  test('comes before our BYE, even when we hang up at once', async () => {
    const up = await answered();
    up.call.bye({ q850: 31, text: 'too late' });
    bench.clock.advance(500);
    await caller.response(200, 2);
    expect(bench.peer.requests('BYE')).toHaveLength(0);
    caller.inDialog(up.dialog, 'ACK');
    const { request: bye, reply } = await bench.peer.request('BYE');
    expect(bye.headers.get('Reason')).toContain('cause=31');
    reply(okTo(bye));
    await saw(up, 'ended {"by":"local","status":200}');
    expect(up.events).toHaveLength(1);
    await expectNothingHeld();
  });

  test('carries the answer where the offer was ours', async () => {
    const received = await caller.call({ body: '' });
    expect(received.call.offer).toBeNull();
    received.call.answer(OFFER, HANDLERS);
    const ok = await caller.response(200);
    expect(ok.body).toBe(OFFER);
    caller.inDialog(caller.dialog(ok), 'ACK', { body: ANSWER });
    await saw(received, `confirmed ${ANSWER}`);
    received.call.bye();
    const { request: bye, reply } = await bench.peer.request('BYE');
    reply(okTo(bye));
    await saw(received, 'ended');
    await expectNothingHeld();
  });

  test('without that answer ends the call with a BYE', async () => {
    const received = await caller.call({ body: '' });
    received.call.answer(OFFER, HANDLERS);
    caller.inDialog(caller.dialog(await caller.response(200)), 'ACK');
    const { request: bye, reply } = await bench.peer.request('BYE');
    reply(okTo(bye));
    await saw(received, 'ended {"by":"local"');
    expect(received.events).toHaveLength(1);
    await expectNothingHeld();
  });
});

/** 200 as a gateway answers a BYE. */
function okTo(request: { headers: { all(name: string): string[]; get(name: string): string | undefined } }): string {
  return [
    'SIP/2.0 200 OK',
    ...request.headers.all('Via').map((via) => `Via: ${via}`),
    ...['From', 'To', 'Call-ID', 'CSeq'].map((name) => `${name}: ${request.headers.get(name)}`),
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}
