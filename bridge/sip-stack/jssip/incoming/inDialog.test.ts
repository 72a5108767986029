import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createResponse, type DialogState, type SipRequest, serializeMessage } from '../../message/index.ts';
import { Caller } from '../testing/Caller.ts';
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

const HELD = `${OFFER}a=sendonly\r\n`;

interface Up {
  readonly call: Awaited<ReturnType<Caller['call']>>['call'];
  readonly events: string[];
  readonly dialog: DialogState;
  /** Offers that the owner was asked to answer; null where it was asked for one. */
  readonly offers: (string | null)[];
  readonly answers: string[];
}

async function established(onRemoteOffer = async (_offer: string | null) => ANSWER): Promise<Up> {
  const { call, events } = await caller.call();
  const offers: (string | null)[] = [];
  const answers: string[] = [];
  call.answer(ANSWER, {
    onRemoteOffer: (offer) => {
      offers.push(offer);
      return onRemoteOffer(offer);
    },
    onRemoteAnswer: (answer) => answers.push(answer),
  });
  const dialog = caller.dialog(await caller.response(200));
  caller.inDialog(dialog, 'ACK');
  await expect.poll(() => events, { interval: 5 }).toEqual(['confirmed']);
  bench.peer.heard.length = 0;
  return { call, events, dialog, offers, answers };
}

const okTo = (request: SipRequest) => serializeMessage(createResponse(request, { status: 200 }));

describe('in a call that the gateway began', () => {
  test.each(['INVITE', 'UPDATE'])('the gateway holds by %s', async (method) => {
    const { dialog, offers, events } = await established();
    caller.inDialog(dialog, method, { body: HELD });
    const ok = await caller.response(200);
    expect(ok.body).toBe(ANSWER);
    expect(ok.headers.get('Contact')).toBe(`<sip:bridge@127.0.0.1:${bench.port}>`);
    expect(offers).toEqual([HELD]);
    if (method === 'INVITE') caller.inDialog(dialog, 'ACK');
    expect(events).toEqual(['confirmed']);
  });

  test('the gateway asks for an offer, and answers it in the ACK', async () => {
    const { dialog, offers, answers } = await established(async () => OFFER);
    caller.inDialog(dialog, 'INVITE');
    expect((await caller.response(200)).body).toBe(OFFER);
    caller.inDialog(dialog, 'ACK', { body: ANSWER });
    await expect.poll(() => answers, { interval: 5 }).toEqual([ANSWER]);
    expect(offers).toEqual([null]);
  });

  test('an offer that is refused gets 488 and changes nothing', async () => {
    const { dialog, events } = await established(() => Promise.reject(new Error('no')));
    caller.inDialog(dialog, 'INVITE', { body: HELD });
    await caller.response(488);
    expect(events).toEqual(['confirmed']);
  });

  test('our BYE goes to where a re-INVITE has moved the gateway', async () => {
    const { call, dialog } = await established();
    const elsewhere = `<sip:moved@127.0.0.1:${bench.peer.port}>`;
    caller.inDialog(dialog, 'INVITE', { body: HELD, contact: elsewhere });
    await caller.response(200);
    caller.inDialog(dialog, 'ACK');
    call.bye();
    expect((await bench.peer.request('BYE')).request.uri).toBe(elsewhere.slice(1, -1));
  });

  test('digits go to the gateway by INFO, and come from it', async () => {
    const { call, dialog } = await established();
    const sent = call.sendInfoDtmf('5', 160);
    const { request, reply } = await bench.peer.request('INFO');
    expect(request.body).toBe('Signal=5\r\nDuration=160\r\n');
    expect(request.headers.get('Content-Type')).toBe('application/dtmf-relay');
    reply(okTo(request));
    await sent;
    const pressed: string[] = [];
    call.on('digitsPressed', (digits) => pressed.push(digits));
    caller.inDialog(dialog, 'INFO', { body: 'Signal=1\r\nDuration=160\r\n', bodyType: 'application/dtmf-relay' });
    await caller.response(200);
    expect(pressed).toEqual(['1']);
  });

  test('no digit can be sent before the answer', async () => {
    const { call } = await caller.call();
    await expect(call.sendInfoDtmf('1', 100)).rejects.toThrow('not up');
    call.reject({ status: 486 });
  });

  test.each([
    ['OPTIONS', 200],
    ['NOTIFY', 489],
    ['REFER', 400],
    ['MESSAGE', 405],
    ['PRACK', 481],
  ])('%s gets %d', async (method, status) => {
    const { dialog, events } = await established();
    caller.inDialog(dialog, method);
    await caller.response(status);
    expect(events).toEqual(['confirmed']);
  });

  test('a request with another tag is for no call of ours', async () => {
    const { dialog, events } = await established();
    caller.inDialog({ ...dialog, remote: '<sip:x@127.0.0.1>;tag=other' }, 'BYE');
    await caller.response(481);
    expect(events).toEqual(['confirmed']);
  });

  test('a BYE that is lost over and over ends the call after 5 s all the same', async () => {
    const { call, events } = await established();
    call.bye();
    await bench.peer.request('BYE');
    bench.clock.advance(5000);
    expect(events.at(-1)).toBe('ended {"by":"local","reason":"the gateway did not answer the BYE"}');
  });
});

describe('before the answer', () => {
  test.each([
    ['INVITE', HELD, 500],
    ['UPDATE', HELD, 500],
    ['UPDATE', undefined, 200],
    ['INFO', undefined, 200],
    ['OPTIONS', undefined, 200],
  ])('%s with %j gets %d', async (method, body, status) => {
    const { call, events } = await caller.call();
    call.ring();
    const dialog = caller.dialog(await caller.response(180));
    caller.inDialog(dialog, method, body === undefined ? {} : { body });
    const response = await caller.response(status);
    if (status === 500) expect(response.headers.get('Retry-After')).toBe('5');
    expect(events).toEqual([]);
    call.reject({ status: 486 });
  });
});

test('the stack that closes hangs up calls that are up and refuses those that ring', async () => {
  const up = await established();
  const ringing = await caller.call({ callId: 'second' });
  ringing.call.ring();
  const closing = bench.stack.close();
  const { request: bye, reply } = await bench.peer.request('BYE');
  reply(okTo(bye));
  await caller.response(487);
  await closing;
  expect(up.events.at(-1)).toContain('ended {"by":"local"');
});
