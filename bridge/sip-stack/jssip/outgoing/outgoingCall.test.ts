import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { established, expectNothingHeld, inDialog, sendToStack } from '../testing/establishedCall.ts';
import { ANSWER, answer, type Bench, makeStack } from '../testing/makeStack.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await makeStack('udp');
});

afterEach(async () => {
  await bench.close();
});

describe('loss over UDP', () => {
  test('a peer that drops the first copies of INVITE, 200, ACK and BYE still has its call', async () => {
    const { peer, clock } = bench;
    const { call, events, saw } = bench.dial();
    await peer.request('INVITE');
    clock.advance(500);
    const { request: invite, reply } = await peer.request('INVITE', 2);
    // The first 200 is lost on its way to us; the second arrives, its ACK is lost; the third gets the ACK again.
    const ok = answer(peer, invite, { status: 200, sdp: ANSWER });
    reply(ok);
    await peer.request('ACK');
    await saw('answered');
    reply(ok);
    await peer.request('ACK', 2);
    call.bye();
    await peer.request('BYE');
    clock.advance(500);
    const { request: bye, reply: replyBye } = await peer.request('BYE', 2);
    replyBye(answer(peer, bye, { status: 200 }));
    await saw('ended');
    expect(events).toEqual(['sent', 'answered', 'ended {"by":"local","status":200}']);
    expect(peer.requests('ACK')[0]).toEqual(peer.requests('ACK')[1]);
    await expect
      .poll(() => bench.stack.heldByJsSip(), { interval: 5 })
      .toEqual({ sessions: 0, dialogs: 0, transactions: 0 });
    expectNothingHeld(bench);
  });

  test('a repeated BYE of the gateway is answered again', async () => {
    const { saw, invite } = await established(bench);
    const bye = inDialog(bench, invite, 'BYE', 1, [['Reason', 'Q.850;cause=17;text="busy"']]);
    sendToStack(bench, bye);
    await saw('ended {"by":"remote","q850":17');
    sendToStack(bench, bye);
    await bench.peer.until(() => bench.peer.responses(200).length === 2);
    expectNothingHeld(bench);
  });
});

describe('DTMF by INFO', () => {
  test('resolves on 200, rejects on a refusal and on silence, and never ends the call', async () => {
    const { call, events } = await established(bench);
    const first = call.sendInfoDtmf('5', 160);
    const { request: info, reply } = await bench.peer.request('INFO');
    expect(info.headers.get('Content-Type')).toBe('application/dtmf-relay');
    expect(info.body).toBe('Signal=5\r\nDuration=160\r\n');
    reply(answer(bench.peer, info, { status: 200 }));
    await first;
    for (const [index, status] of [415, 481, 408].entries()) {
      const refused = call.sendInfoDtmf('6', 160);
      const next = await bench.peer.request('INFO', index + 2);
      next.reply(answer(bench.peer, next.request, { status }));
      await expect(refused).rejects.toThrow('did not take the digit');
    }
    const silent = call.sendInfoDtmf('7', 160);
    await bench.peer.request('INFO', 5);
    bench.clock.advance(32_000);
    await expect(silent).rejects.toThrow('no answer');
    expect(events).toEqual(['sent', 'answered']);
    expect(bench.stack.holdings().calls).toBe(1);
  });

  test('is refused before the answer', async () => {
    const { call } = bench.dial();
    await expect(call.sendInfoDtmf('1', 100)).rejects.toThrow('not up');
  });
});

describe('the end', () => {
  test('a gateway that never answers the BYE is not waited for, though the BYE is repeated', async () => {
    const { call, saw } = await established(bench);
    call.bye();
    await bench.peer.request('BYE');
    bench.clock.advance(5000);
    await saw('ended {"by":"local","reason":"the gateway did not answer the BYE"}');
    expect(bench.stack.holdings().calls).toBe(0);
    await bench.peer.request('BYE', 4);
    expectNothingHeld(bench);
  });

  test('two BYEs that cross are both answered', async () => {
    const { call, invite, saw } = await established(bench);
    call.bye();
    const { request: bye, reply } = await bench.peer.request('BYE');
    sendToStack(bench, inDialog(bench, invite, 'BYE', 9));
    await bench.peer.until(() => bench.peer.responses(200).length === 1);
    reply(answer(bench.peer, bye, { status: 481 }));
    await saw('ended {"by":"local","status":481}');
    expectNothingHeld(bench);
  });

  test('a stack that closes hangs up what is up and cancels what rings', async () => {
    const { saw } = await established(bench);
    const ringing = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE', 2);
    reply(answer(bench.peer, request, { status: 180 }));
    await ringing.saw('progress');
    const closing = bench.stack.close();
    await bench.peer.request('BYE');
    await bench.peer.request('CANCEL');
    bench.clock.advance(1000);
    await closing;
    await saw('ended {"by":"local"');
    await ringing.saw('failed {"kind":"cancelled"}');
    expect(bench.stack.holdings()).toMatchObject({ calls: 0, clientTransactions: 0, timers: 0, connections: 0 });
    expect(bench.stack.heldByJsSip()).toEqual({ sessions: 0, dialogs: 0, transactions: 0 });
  });

  test('a listener that throws ends nothing', async () => {
    const { call, saw, events } = bench.dial();
    call.prependListener('answered', () => {
      throw new Error('listener');
    });
    const { request, reply } = await bench.peer.request('INVITE');
    reply(answer(bench.peer, request, { status: 200, sdp: ANSWER }));
    await bench.peer.request('ACK');
    call.bye();
    const { request: bye, reply: replyBye } = await bench.peer.request('BYE');
    replyBye(answer(bench.peer, bye, { status: 200 }));
    await saw('ended');
    expect(events).toEqual(['sent', 'ended {"by":"local","status":200}']);
  });
});
