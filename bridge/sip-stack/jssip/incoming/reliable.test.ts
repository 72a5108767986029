import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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

const REQUIRED = { headers: ['Require: 100rel'] };
const HANDLERS = { onRemoteOffer: async () => ANSWER };

/** Acknowledges a reliable response; its dialog goes on. */
async function prack(status: number, more: { count?: number; rack?: string; body?: string; cseq?: number } = {}) {
  const response = await caller.response(status, more.count ?? 1);
  const dialog = caller.dialog(response);
  dialog.localSequence = (more.cseq ?? 8) - 1;
  const rack = more.rack ?? `${response.headers.get('RSeq')} 7 INVITE`;
  caller.inDialog(dialog, 'PRACK', {
    headers: [['RAck', rack]],
    ...(more.body === undefined ? {} : { body: more.body }),
  });
  return response;
}

describe('a gateway that requires reliable provisional answers', () => {
  test('gets them again, ever more slowly, until it acknowledges', async () => {
    const { call } = await caller.call(REQUIRED);
    call.ring();
    const first = await caller.response(180);
    expect(first.headers.get('Require')).toBe('100rel');
    bench.clock.advance(500);
    await caller.response(180, 2);
    bench.clock.advance(1000);
    const third = await caller.response(180, 3);
    expect(third.headers.get('RSeq')).toBe(first.headers.get('RSeq'));
    await prack(180);
    await caller.response(200);
    bench.clock.advance(20_000);
    expect(bench.peer.responses(180)).toHaveLength(3);
    call.reject({ status: 486 });
    await caller.response(486);
  });

  test('gets the second after the first, with the next number', async () => {
    const { call } = await caller.call(REQUIRED);
    call.ring();
    call.progress(ANSWER);
    const first = await caller.response(180);
    expect(bench.peer.responses(183)).toHaveLength(0);
    await prack(180);
    const second = await caller.response(183);
    expect(Number(second.headers.get('RSeq'))).toBe(Number(first.headers.get('RSeq')) + 1);
    await prack(183, { cseq: 9 });
    await caller.response(200, 2);
    call.reject({ status: 480 });
  });

  test('has its call answered once early media was acknowledged', async () => {
    const { call, events } = await caller.call(REQUIRED);
    call.progress(ANSWER);
    await caller.response(183);
    call.answer(ANSWER, HANDLERS);
    bench.clock.advance(500);
    await caller.response(183, 2);
    expect(bench.peer.responses(200)).toHaveLength(0);
    await prack(183);
    await bench.peer.until(() => bench.peer.responses(200).length === 2);
    const ok = bench.peer.responses(200).find(({ headers }) => headers.get('CSeq') === '7 INVITE');
    if (ok === undefined) throw new Error('no 200 to the INVITE');
    caller.inDialog(caller.dialog(ok), 'ACK');
    await expect.poll(() => events, { interval: 5 }).toEqual(['confirmed']);
    call.bye();
    await bench.peer.request('BYE');
  });

  test('may put its answer into the PRACK, where the offer was ours', async () => {
    const { call, events } = await caller.call({ ...REQUIRED, body: '' });
    call.progress(OFFER);
    expect((await prack(183, { body: ANSWER })).body).toBe(OFFER);
    await caller.response(200);
    call.answer(OFFER, HANDLERS);
    const ok = await caller.response(200, 2);
    expect(ok.body).toBe('');
    caller.inDialog(caller.dialog(ok), 'ACK');
    await expect.poll(() => events, { interval: 5 }).toEqual([`confirmed ${ANSWER}`]);
  });

  test('is refused when it never acknowledges', async () => {
    const { call, events } = await caller.call(REQUIRED);
    call.ring();
    bench.clock.advance(31_999);
    expect(bench.peer.responses(504)).toHaveLength(0);
    bench.clock.advance(1);
    await caller.response(504);
    expect(events).toEqual(['cancelled']);
  });

  test.each(['1 7 INVITE', 'x', '99999999999 7 INVITE', '0 7 PRACK'])(
    'has no PRACK with RAck %j taken',
    async (rack) => {
      const { call } = await caller.call(REQUIRED);
      call.ring();
      await prack(180, { rack: rack === '1 7 INVITE' ? '70000 7 INVITE' : rack });
      await caller.response(481);
      bench.clock.advance(500);
      await caller.response(180, 2);
      call.reject({ status: 486 });
    },
  );

  test('who cancels is answered at once', async () => {
    const { call, events } = await caller.call(REQUIRED);
    call.ring();
    await caller.response(180);
    caller.cancel(caller.invite(REQUIRED));
    await caller.response(487);
    expect(events).toEqual(['cancelled']);
    bench.clock.advance(64_000);
    expect(bench.stack.holdings()).toMatchObject({ calls: 0, timers: 0, serverTransactions: 0 });
  });
});

describe('an offer before our answer, once the first was answered in a 183 that was acknowledged', () => {
  const HELD = `${OFFER}a=sendonly\r\n`;
  const NEW_ANSWER = ANSWER.replace('5000', '7000');

  /** A caller who has our early media for good, and what the owner was offered since. */
  async function withEarlyMedia(isHandled = true) {
    const offers: (string | null)[] = [];
    const received = await caller.call(REQUIRED);
    const onRemoteOffer = async (offer: string | null) => {
      offers.push(offer);
      return NEW_ANSWER;
    };
    received.call.progress(ANSWER, isHandled ? { onRemoteOffer } : undefined);
    const dialog = caller.dialog(await prack(183));
    dialog.localSequence = 8;
    await caller.response(200);
    return { ...received, dialog, offers };
  }

  /** The `count`-th answer to this method. */
  async function answerTo(method: string, count = 1) {
    const all = () => bench.peer.responses().filter(({ headers }) => headers.get('CSeq')?.endsWith(` ${method}`));
    const finals = () => all().filter(({ status }) => status >= 200);
    await bench.peer.until(() => finals().length >= count);
    return finals()[count - 1];
  }

  test('by UPDATE is answered by the owner, and the 200 to the INVITE says nothing older', async () => {
    const { call, dialog, offers, events } = await withEarlyMedia();
    caller.inDialog(dialog, 'UPDATE', { body: HELD });
    const ok = await answerTo('UPDATE');
    expect(ok?.status).toBe(200);
    expect(ok?.body).toBe(NEW_ANSWER);
    expect(ok?.headers.has('Contact')).toBe(true);
    expect(offers).toEqual([HELD]);
    call.answer(ANSWER, HANDLERS);
    const accepted = await answerTo('INVITE');
    expect(accepted?.body).toBe('');
    caller.inDialog(dialog, 'ACK', { cseq: 7 });
    await expect.poll(() => events, { interval: 5 }).toEqual(['confirmed']);
  });

  test('in a PRACK is answered in its 200', async () => {
    const { call, dialog, offers } = await withEarlyMedia();
    call.ring();
    const ringing = await caller.response(180);
    caller.inDialog(dialog, 'PRACK', { headers: [['RAck', `${ringing.headers.get('RSeq')} 7 INVITE`]], body: HELD });
    expect((await answerTo('PRACK', 2))?.body).toBe(NEW_ANSWER);
    expect(offers).toEqual([HELD]);
    call.reject({ status: 486 });
  });

  test('is refused with 488 where nobody answers such', async () => {
    const { call, dialog } = await withEarlyMedia(false);
    caller.inDialog(dialog, 'UPDATE', { body: HELD });
    expect((await answerTo('UPDATE'))?.status).toBe(488);
    call.reject({ status: 486 });
  });

  test('is told to wait (500) while another is being answered', async () => {
    const received = await caller.call(REQUIRED);
    let answerFirst = (_sdp: string): void => {};
    const first = new Promise<string>((resolve) => {
      answerFirst = resolve;
    });
    received.call.progress(ANSWER, { onRemoteOffer: () => first });
    const dialog = caller.dialog(await prack(183));
    dialog.localSequence = 8;
    caller.inDialog(dialog, 'UPDATE', { body: HELD });
    caller.inDialog(dialog, 'UPDATE', { body: HELD });
    expect((await answerTo('UPDATE'))?.status).toBe(500);
    answerFirst(NEW_ANSWER);
    expect((await answerTo('UPDATE', 2))?.body).toBe(NEW_ANSWER);
    received.call.reject({ status: 486 });
  });

  test('is told to wait (500) where that 183 isn’t acknowledged yet', async () => {
    const { call } = await caller.call(REQUIRED);
    call.progress(ANSWER, HANDLERS);
    const dialog = caller.dialog(await caller.response(183));
    caller.inDialog(dialog, 'UPDATE', { body: HELD });
    expect((await answerTo('UPDATE'))?.headers.get('Retry-After')).toBe('5');
    call.reject({ status: 486 });
  });
});

test('a gateway that doesn’t require them gets none, nor an offer that it could lose', async () => {
  const { call } = await caller.call({ headers: ['Supported: 100rel'], body: '' });
  call.progress(OFFER);
  const response = await caller.response(183);
  expect(response.headers.has('RSeq')).toBe(false);
  expect(response.body).toBe('');
  call.reject({ status: 486 });
});
