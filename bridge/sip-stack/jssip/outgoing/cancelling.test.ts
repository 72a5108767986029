import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectNothingHeld } from '../testing/establishedCall.ts';
import { ANSWER, answer, type Bench, makeStack } from '../testing/makeStack.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await makeStack('udp');
});

afterEach(async () => {
  await bench.close();
});

describe('cancelling', () => {
  test('before anything was sent leaves nothing on the wire', async () => {
    const { call, saw, events } = bench.dial();
    call.cancel();
    await saw('failed {"kind":"cancelled"}');
    expect(events).toEqual(['failed {"kind":"cancelled"}']);
    expect(bench.stack.holdings()).toMatchObject({ calls: 0, clientTransactions: 0 });
  });

  test('before any answer ends the call for us at once, and a late 180 gets its CANCEL', async () => {
    const { call, saw } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    call.cancel();
    await saw('failed {"kind":"cancelled"}');
    reply(answer(bench.peer, request, { status: 180 }));
    const { request: cancel, reply: replyCancel } = await bench.peer.request('CANCEL');
    replyCancel(answer(bench.peer, cancel, { status: 200 }));
    reply(answer(bench.peer, request, { status: 487 }));
    await bench.peer.request('ACK');
    expectNothingHeld(bench);
  });

  test('while it rings is over when the gateway confirms it', async () => {
    const { call, saw, events } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    reply(answer(bench.peer, request, { status: 180 }));
    await saw('progress');
    call.cancel({ status: 200, text: 'Call completed "elsewhere"' });
    const { request: cancel, reply: replyCancel } = await bench.peer.request('CANCEL');
    expect(cancel.headers.get('Reason')).toBe('SIP;cause=200;text="Call completed elsewhere"');
    expect(events).not.toContain('failed {"kind":"cancelled"}');
    replyCancel(answer(bench.peer, cancel, { status: 200 }));
    reply(answer(bench.peer, request, { status: 487 }));
    await saw('failed {"kind":"cancelled"}');
    expectNothingHeld(bench);
  });

  test('a 200 that crosses the CANCEL is acknowledged and ended, so that no ghost call stays', async () => {
    const { call, saw } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    reply(answer(bench.peer, request, { status: 180 }));
    await saw('progress');
    call.cancel();
    reply(answer(bench.peer, request, { status: 200, sdp: ANSWER }));
    const { request: ack } = await bench.peer.request('ACK');
    const { request: bye, reply: replyBye } = await bench.peer.request('BYE');
    expect(ack.headers.get('To')).toContain('tag=far');
    expect(Number.parseInt(bye.headers.get('CSeq') ?? '', 10)).toBe(
      Number.parseInt(request.headers.get('CSeq') ?? '', 10) + 1,
    );
    expect(bye.headers.get('To')).toContain('tag=far');
    replyBye(answer(bench.peer, bye, { status: 200 }));
    await saw('failed {"kind":"cancelled"}');
    expectNothingHeld(bench);
  });

  test('a late 200 after a cancel that nobody confirmed is ended too', async () => {
    const { call, saw } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    call.cancel();
    await saw('failed {"kind":"cancelled"}');
    reply(answer(bench.peer, request, { status: 200, sdp: ANSWER }));
    await bench.peer.request('ACK');
    const { request: bye, reply: replyBye } = await bench.peer.request('BYE');
    replyBye(answer(bench.peer, bye, { status: 200 }));
    expectNothingHeld(bench);
  });

  test('in the very moment of the answer becomes a BYE', async () => {
    const { call, saw } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    call.on('answered', () => call.cancel());
    reply(answer(bench.peer, request, { status: 200, sdp: ANSWER }));
    const { request: bye, reply: replyBye } = await bench.peer.request('BYE');
    replyBye(answer(bench.peer, bye, { status: 200 }));
    await saw('ended {"by":"local"');
    expectNothingHeld(bench);
  });

  test('a gateway that never confirms is given up after 64*T1', async () => {
    const { call, saw } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    reply(answer(bench.peer, request, { status: 180 }));
    await saw('progress');
    call.cancel();
    bench.clock.advance(32_000);
    await saw('failed {"kind":"cancelled"}');
    expectNothingHeld(bench);
  });
});
