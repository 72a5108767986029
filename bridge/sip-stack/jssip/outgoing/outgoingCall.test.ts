import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseParams, type SipRequest } from '../../message/index.ts';
import { RawPeer } from '../../transport/testing/RawPeer.ts';
import { ANSWER, answer, type Bench, type Dialled, makeStack, peerAt } from '../testing/makeStack.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await makeStack('udp');
});

afterEach(async () => {
  await bench.close();
});

/** Everything has run out: nothing is held but user agents, by us or by JsSIP. */
function expectNothingHeld(): void {
  bench.clock.advance(64_000);
  expect(bench.stack.holdings()).toMatchObject({ calls: 0, clientTransactions: 0, serverTransactions: 0, timers: 0 });
  expect(bench.stack.heldByJsSip()).toMatchObject({ sessions: 0, dialogs: 0 });
}

async function established(): Promise<Dialled & { invite: SipRequest }> {
  const dialled = bench.dial();
  const { request: invite, reply } = await bench.peer.request('INVITE');
  reply(answer(bench.peer, invite, { status: 200, sdp: ANSWER }));
  await bench.peer.request('ACK');
  await dialled.saw('answered');
  return { ...dialled, invite };
}

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
    expectNothingHeld();
  });

  test('a repeated BYE of the gateway is answered again', async () => {
    const { saw, invite } = await established();
    const bye = inDialog(invite, 'BYE', 1, [['Reason', 'Q.850;cause=17;text="busy"']]);
    sendToStack(bye);
    await saw('ended {"by":"remote","q850":17');
    sendToStack(bye);
    await bench.peer.until(() => bench.peer.responses(200).length === 2);
    expectNothingHeld();
  });
});

/** A request of the gateway inside the call. */
function inDialog(invite: SipRequest, method: string, cseq: number, more: [string, string][] = [], body = ''): string {
  return [
    `${method} ${invite.headers.get('Contact')?.slice(1, -1)} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${bench.peer.port};branch=z9hG4bK${method}${cseq};rport`,
    `From: ${invite.headers.get('To')};tag=far`,
    `To: ${invite.headers.get('From')}`,
    `Call-ID: ${invite.headers.get('Call-ID')}`,
    `CSeq: ${cseq} ${method}`,
    `Contact: <sip:gw@127.0.0.1:${bench.peer.port}>`,
    ...more.map(([name, value]) => `${name}: ${value}`),
    ...(body === '' ? [] : ['Content-Type: application/sdp']),
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}

function sendToStack(text: string): void {
  bench.peer.sendUdp(text, bench.port);
}

describe('why an INVITE came to nothing', () => {
  test('a refusal keeps status, reason, Retry-After and Q.850 cause', async () => {
    const { saw } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    const headers: [string, string][] = [
      ['Retry-After', '30 (maintenance)'],
      ['Reason', 'SIP;cause=503, Q.850;cause=41'],
    ];
    reply(answer(bench.peer, request, { status: 503, headers }));
    const reason = '"reason":"Service Unavailable"';
    await saw(`failed {"kind":"response","status":503,${reason},"retryAfterMs":30000,"q850":41}`);
    await bench.peer.request('ACK');
    expectNothingHeld();
  });

  test('silence is a timeout, after seven INVITEs', async () => {
    const { saw, events } = bench.dial();
    await bench.peer.request('INVITE');
    bench.clock.advance(32_000);
    await saw('failed {"kind":"timeout"}');
    expect(events).toEqual(['sent', 'failed {"kind":"timeout"}']);
    expectNothingHeld();
  });

  test('a refused connection and a name without address are transport failures, told apart from a timeout', async () => {
    const { stack } = bench;
    const refused = await RawPeer.tcp();
    await refused.close();
    const { saw } = bench.dial({
      peer: { ...peerAt({ host: '127.0.0.1', port: refused.port, transport: 'tcp' }), id: 'gw2' },
    });
    await saw('failed {"kind":"transport","reason":"the connection was refused"}');
    const nameless = bench.dial({
      peer: { ...peerAt({ host: 'gateway.invalid', port: 5060, transport: 'udp' }), id: 'gw3' },
    });
    await nameless.saw('failed {"kind":"transport","reason":"the name gateway.invalid has no address"}');
    expect(nameless.events).toHaveLength(1);
    expect(stack.holdings().calls).toBe(0);
    expectNothingHeld();
  });

  test('a redirection is a failure like others', async () => {
    const { saw } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    reply(answer(bench.peer, request, { status: 302, headers: [['Contact', '<sip:elsewhere@127.0.0.1>']] }));
    await saw('failed {"kind":"response","status":302');
  });

  test('a 200 without any SDP is a protocol failure and the far end is released', async () => {
    const { saw } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    reply(answer(bench.peer, request, { status: 200 }));
    await saw('failed {"kind":"protocol"');
    await bench.peer.request('ACK');
    await bench.peer.request('BYE');
    expectNothingHeld();
  });
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
    expectNothingHeld();
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
    expectNothingHeld();
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
    expectNothingHeld();
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
    expectNothingHeld();
  });

  test('in the very moment of the answer becomes a BYE', async () => {
    const { call, saw } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    call.on('answered', () => call.cancel());
    reply(answer(bench.peer, request, { status: 200, sdp: ANSWER }));
    const { request: bye, reply: replyBye } = await bench.peer.request('BYE');
    replyBye(answer(bench.peer, bye, { status: 200 }));
    await saw('ended {"by":"local"');
    expectNothingHeld();
  });

  test('a gateway that never confirms is given up after 64*T1', async () => {
    const { call, saw } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    reply(answer(bench.peer, request, { status: 180 }));
    await saw('progress');
    call.cancel();
    bench.clock.advance(32_000);
    await saw('failed {"kind":"cancelled"}');
    expectNothingHeld();
  });
});

describe('answers', () => {
  test('early media: 183 with SDP and then 200 without is answered with the SDP of the 183', async () => {
    const { call, saw, events } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    reply(answer(bench.peer, request, { status: 183, sdp: ANSWER }));
    await saw('progress 183 sdp');
    reply(answer(bench.peer, request, { status: 200 }));
    await saw('answered');
    expect(events).toEqual(['sent', 'progress 183 sdp', 'answered']);
    call.bye();
    const { request: bye, reply: replyBye } = await bench.peer.request('BYE');
    replyBye(answer(bench.peer, bye, { status: 200 }));
    await saw('ended');
    expectNothingHeld();
  });

  test('183 with SDP and then 200 with another: the last one counts', async () => {
    const { saw } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    reply(answer(bench.peer, request, { status: 183, sdp: ANSWER.replace('5000', '6000') }));
    reply(answer(bench.peer, request, { status: 200, sdp: ANSWER }));
    await saw('answered');
  });

  test('SDP inside a multipart body is found', async () => {
    const { saw } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    const body = `--x\r\nContent-Type: application/isup\r\n\r\n\u0001\r\n--x\r\nContent-Type: application/sdp\r\n\r\n${ANSWER}\r\n--x--`;
    const text = answer(bench.peer, request, { status: 200, sdp: body });
    reply(text.replace('Content-Type: application/sdp', 'Content-Type: multipart/mixed;boundary=x'));
    await saw('answered');
  });

  test("a fork's second 200 gets ACK and BYE on its own tag, and the call goes on", async () => {
    const { call, saw, events } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    reply(answer(bench.peer, request, { status: 200, sdp: ANSWER, toTag: 'one' }));
    await saw('answered');
    reply(answer(bench.peer, request, { status: 200, sdp: ANSWER, toTag: 'two' }));
    await bench.peer.request('ACK', 2);
    const { request: bye, reply: replyBye } = await bench.peer.request('BYE');
    expect(bye.headers.get('To')).toContain('tag=two');
    expect(bench.peer.requests('ACK')[1]?.headers.get('To')).toContain('tag=two');
    replyBye(answer(bench.peer, bye, { status: 200 }));
    expect(events).toEqual(['sent', 'answered']);
    call.bye();
    const { request: own, reply: replyOwn } = await bench.peer.request('BYE', 2);
    expect(own.headers.get('To')).toContain('tag=one');
    replyOwn(answer(bench.peer, own, { status: 200 }));
    await saw('ended');
    expectNothingHeld();
  });

  test('a gateway that calls itself by a tel: address and has a strange Contact is understood', async () => {
    const { call, saw } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    const odd = answer(bench.peer, request, {
      status: 200,
      sdp: ANSWER,
      contact: `"a \\" b" <sip:100%_x@127.0.0.1:${bench.peer.port};ob;x-y=1>;q=0.1;+sip.instance="<urn:x>"`,
    });
    reply(odd.replace(/To: .*/, 'To: <tel:+1-202-555-0100>;tag=f.a%r'));
    await saw('answered');
    call.bye();
    const { request: bye } = await bench.peer.request('BYE');
    expect(bye.uri).toBe(`sip:100%_x@127.0.0.1:${bench.peer.port};ob;x-y=1`);
    expect(bye.headers.get('To')).toBe('<tel:+1-202-555-0100>;tag=f.a%r');
  });

  test('requests in the call follow Record-Route and Contact to where they name', async () => {
    const proxy = await RawPeer.udp();
    const { call, saw } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    const headers: [string, string][] = [['Record-Route', `<sip:127.0.0.1:${proxy.port};lr>`]];
    reply(answer(bench.peer, request, { status: 200, sdp: ANSWER, headers }));
    const { request: ack } = await proxy.request('ACK');
    expect(ack.headers.all('Route')).toEqual([`<sip:127.0.0.1:${proxy.port};lr>`]);
    await saw('answered');
    call.bye();
    const { request: bye, reply: replyBye } = await proxy.request('BYE');
    replyBye(answer(proxy, bye, { status: 200 }));
    await saw('ended');
    await proxy.close();
  });

  test('a Contact by name is looked up, and ACK and BYE keep their order', async () => {
    const { call, saw } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    reply(answer(bench.peer, request, { status: 200, sdp: ANSWER, contact: `<sip:gw@localhost:${bench.peer.port}>` }));
    await saw('answered');
    call.bye();
    await bench.peer.request('BYE');
    const methods = bench.peer.heard.map(({ message }) => (message.kind === 'request' ? message.method : ''));
    expect(methods).toEqual(['INVITE', 'ACK', 'BYE']);
  });
});

describe('100rel', () => {
  test('a reliable 18x gets its PRACK once, and the BYE counts on from there', async () => {
    const { call, saw, events } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    expect(request.headers.lists('Supported', '100rel')).toBe(true);
    const reliable = (seq: number): [string, string][] => [
      ['Require', '100rel'],
      ['RSeq', String(seq)],
    ];
    const ringing = answer(bench.peer, request, { status: 183, sdp: ANSWER, headers: reliable(7) });
    reply(ringing);
    const { request: prack, reply: replyPrack } = await bench.peer.request('PRACK');
    const cseq = Number(request.headers.get('CSeq')?.split(' ')[0]);
    expect(prack.headers.get('RAck')).toBe(`7 ${cseq} INVITE`);
    expect(prack.headers.get('CSeq')).toBe(`${cseq + 1} PRACK`);
    expect(prack.headers.get('To')).toContain('tag=far');
    replyPrack(answer(bench.peer, prack, { status: 200 }));
    reply(ringing);
    reply(answer(bench.peer, request, { status: 180, headers: reliable(9) }));
    reply(answer(bench.peer, request, { status: 200 }));
    await saw('answered');
    expect(events).toEqual(['sent', 'progress 183 sdp', 'answered']);
    expect(bench.peer.requests('PRACK')).toHaveLength(1);
    call.bye();
    const { request: bye, reply: replyBye } = await bench.peer.request('BYE');
    expect(bye.headers.get('CSeq')).toBe(`${cseq + 2} BYE`);
    replyBye(answer(bench.peer, bye, { status: 200 }));
    await saw('ended');
    expectNothingHeld();
  });
});

describe('the gateway inside a call', () => {
  test('re-INVITE: answered by the owner, its 200 repeated until the ACK, the new Contact used', async () => {
    const offers: (string | null)[] = [];
    const dialled = bench.dial({
      onRemoteOffer: async (offer) => {
        offers.push(offer);
        return ANSWER.replace('5000', '7000');
      },
    });
    const { request: invite, reply } = await bench.peer.request('INVITE');
    reply(answer(bench.peer, invite, { status: 200, sdp: ANSWER }));
    await dialled.saw('answered');
    const moved = await RawPeer.udp();
    const reinvite = inDialog(invite, 'INVITE', 5, [], ANSWER).replace(
      /Contact: .*/,
      `Contact: <sip:gw@127.0.0.1:${moved.port}>`,
    );
    sendToStack(reinvite);
    await bench.peer.until(() => bench.peer.responses(200).length === 1);
    bench.clock.advance(500);
    await bench.peer.until(() => bench.peer.responses(200).length === 2);
    expect(bench.peer.responses(200)[0]?.body).toContain('7000');
    expect(bench.peer.responses(200)[0]?.headers.get('Contact')).toBe(invite.headers.get('Contact'));
    expect(offers).toEqual([ANSWER]);
    sendToStack(inDialog(invite, 'ACK', 5));
    sendToStack(inDialog(invite, 'OPTIONS', 6));
    await bench.peer.until(() => bench.peer.responses(200).length === 3);
    dialled.call.bye();
    const { request: bye, reply: replyBye } = await moved.request('BYE');
    replyBye(answer(moved, bye, { status: 200 }));
    await dialled.saw('ended');
    await moved.close();
    expectNothingHeld();
  });

  test('re-INVITE without SDP: our offer in the 200, their answer in the ACK', async () => {
    let taken = '';
    const dialled = bench.dial({
      onRemoteOffer: async (offer) => (offer === null ? ANSWER.replace('5000', '7002') : ANSWER),
      onRemoteAnswer: (sdp) => {
        taken = sdp;
      },
    });
    const { request: invite, reply } = await bench.peer.request('INVITE');
    reply(answer(bench.peer, invite, { status: 200, sdp: ANSWER }));
    await dialled.saw('answered');
    sendToStack(inDialog(invite, 'INVITE', 5));
    await bench.peer.until(() => bench.peer.responses(200).length === 1);
    expect(bench.peer.responses(200)[0]?.body).toContain('7002');
    sendToStack(inDialog(invite, 'ACK', 5, [], ANSWER));
    sendToStack(inDialog(invite, 'OPTIONS', 6));
    await bench.peer.until(() => bench.peer.responses(200).length === 2);
    expect(taken).toBe(ANSWER);
  });

  test.each([ANSWER, ''])(
    'an offer that the owner refuses is answered 488 and the call goes on (body %#)',
    async (body) => {
      const dialled = bench.dial({ onRemoteOffer: () => Promise.reject(new Error('no')) });
      const { request: invite, reply } = await bench.peer.request('INVITE');
      reply(answer(bench.peer, invite, { status: 200, sdp: ANSWER }));
      await dialled.saw('answered');
      sendToStack(inDialog(invite, 'INVITE', 5, [], body));
      await bench.peer.until(() => bench.peer.responses(488).length === 1);
      expect(dialled.events).toEqual(['sent', 'answered']);
      expect(bench.stack.holdings().calls).toBe(1);
    },
  );

  test('UPDATE, OPTIONS, INFO are answered 200, unknown ones by their rule, without touching the call', async () => {
    const { invite, events } = await established();
    const cases: [method: string, more: [string, string][], body: string, status: number][] = [
      ['UPDATE', [], ANSWER, 200],
      ['UPDATE', [], '', 200],
      ['OPTIONS', [], '', 200],
      ['INFO', [['Content-Type', 'application/dtmf-relay']], '', 200],
      ['REFER', [['Refer-To', '<sip:x@y>']], '', 405],
      ['MESSAGE', [], '', 405],
      ['NOTIFY', [], '', 489],
      ['INVITE', [['Require', 'timer, x-new']], ANSWER, 420],
    ];
    for (const [index, [method, more, body, status]] of cases.entries()) {
      sendToStack(inDialog(invite, method, 10 + index, more, body));
      await bench.peer.until(() => bench.peer.responses().length === index + 1);
      expect([method, bench.peer.responses()[index]?.status]).toEqual([method, status]);
    }
    expect(bench.peer.responses(420)[0]?.headers.get('Unsupported')).toBe('timer, x-new');
    expect(events).toEqual(['sent', 'answered']);
  });

  test('UPDATE before the answer waits its turn (491), one without an offer is well', async () => {
    const { saw } = bench.dial();
    const { request: invite, reply } = await bench.peer.request('INVITE');
    reply(answer(bench.peer, invite, { status: 180 }));
    await saw('progress');
    sendToStack(inDialog(invite, 'UPDATE', 1, [], ANSWER));
    await bench.peer.until(() => bench.peer.responses(491).length === 1);
    sendToStack(inDialog(invite, 'UPDATE', 2));
    await bench.peer.until(() => bench.peer.responses(200).length === 1);
  });

  test('a request with our Call-ID and a wrong tag is none of the call', async () => {
    const { invite, events } = await established();
    sendToStack(inDialog(invite, 'BYE', 3).replace(/To: .*/, 'To: <sip:x@127.0.0.1>;tag=guessed'));
    await bench.peer.until(() => bench.peer.responses(481).length === 1);
    expect(events).toEqual(['sent', 'answered']);
  });
});

describe('DTMF by INFO', () => {
  test('resolves on 200, rejects on a refusal and on silence, and never ends the call', async () => {
    const { call, events } = await established();
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
    const { call, saw } = await established();
    call.bye();
    await bench.peer.request('BYE');
    bench.clock.advance(5000);
    await saw('ended {"by":"local","reason":"the gateway did not answer the BYE"}');
    expect(bench.stack.holdings().calls).toBe(0);
    await bench.peer.request('BYE', 4);
    expectNothingHeld();
  });

  test('two BYEs that cross are both answered', async () => {
    const { call, invite, saw } = await established();
    call.bye();
    const { request: bye, reply } = await bench.peer.request('BYE');
    sendToStack(inDialog(invite, 'BYE', 9));
    await bench.peer.until(() => bench.peer.responses(200).length === 1);
    reply(answer(bench.peer, bye, { status: 481 }));
    await saw('ended {"by":"local","status":481}');
    expectNothingHeld();
  });

  test('a stack that closes hangs up what is up and cancels what rings', async () => {
    const { saw } = await established();
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

describe('digest', () => {
  const credentials = { userName: 'trunk', password: 'secret' };
  const hex = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex');

  function expectRightAnswer(request: SipRequest, header: string, hash: string): void {
    const value = request.headers.get(header) ?? '';
    const params = parseParams(value.replace(/^Digest /, '').replaceAll(', ', ';'));
    const get = (name: string) => params?.get(name)?.replaceAll('"', '') ?? '';
    const secret = hex(hash, `trunk:${get('realm')}:secret`);
    const what = hex(hash, `${request.method}:${request.uri}`);
    const middle = get('qop') === '' ? get('nonce') : `${get('nonce')}:${get('nc')}:${get('cnonce')}:${get('qop')}`;
    expect(get('uri')).toBe(request.uri);
    expect(get('response')).toBe(hex(hash, `${secret}:${middle}:${what}`));
  }

  test.each([
    [401, 'md5', ['Digest realm="gw", nonce="n1"']],
    [401, 'md5', ['Digest realm="gw", nonce="n1", algorithm=MD5, qop="auth-int,auth", opaque="o"']],
    [
      407,
      'sha256',
      [
        'Digest realm="gw", nonce="n1", algorithm=MD5, qop="auth"',
        'Digest realm="gw", nonce="n2", algorithm=SHA-256, qop="auth"',
      ],
    ],
    [
      401,
      'sha512-256',
      [
        'Digest realm="gw,x", nonce="n2", algorithm=SHA-512-256, qop="auth"',
        'Digest realm="gw,x", nonce="n1", algorithm=MD5',
      ],
    ],
  ] as const)('a %i is answered with %s', async (status, hash, challenges) => {
    const { saw, call } = bench.dial({ peer: { ...bench.gateway, credentials } });
    const { request, reply } = await bench.peer.request('INVITE');
    const name = status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate';
    reply(answer(bench.peer, request, { status, headers: challenges.map((text) => [name, text]) }));
    const { request: again, reply: replyAgain } = await bench.peer.request('INVITE', 2);
    const header = status === 401 ? 'Authorization' : 'Proxy-Authorization';
    if (hash !== 'sha512-256') expectRightAnswer(again, header, hash);
    else expect(again.headers.get(header)).toContain('algorithm=SHA-512-256');
    expect(Number(again.headers.get('CSeq')?.split(' ')[0])).toBe(
      Number(request.headers.get('CSeq')?.split(' ')[0]) + 1,
    );
    expect(again.headers.get('Call-ID')).toBe(request.headers.get('Call-ID'));
    replyAgain(answer(bench.peer, again, { status: 200, sdp: ANSWER }));
    const { request: ack } = await bench.peer.request('ACK', 2);
    expect(ack.headers.get(header)).toBe(again.headers.get(header));
    await saw('answered');
    call.bye();
    const { request: bye, reply: replyBye } = await bench.peer.request('BYE');
    if (hash !== 'sha512-256') expectRightAnswer(bye, header, hash);
    replyBye(answer(bench.peer, bye, { status: 200 }));
    await saw('ended');
    expectNothingHeld();
  });

  test('a proxy and a gateway that both ask are both answered', async () => {
    const { saw } = bench.dial({ peer: { ...bench.gateway, credentials } });
    const first = await bench.peer.request('INVITE');
    const proxy: [string, string][] = [['Proxy-Authenticate', 'Digest realm="p", nonce="1", qop="auth"']];
    first.reply(answer(bench.peer, first.request, { status: 407, headers: proxy }));
    const second = await bench.peer.request('INVITE', 2);
    const server: [string, string][] = [['WWW-Authenticate', 'Digest realm="g", nonce="2", qop="auth"']];
    second.reply(answer(bench.peer, second.request, { status: 401, headers: server }));
    const third = await bench.peer.request('INVITE', 3);
    expectRightAnswer(third.request, 'Proxy-Authorization', 'md5');
    expectRightAnswer(third.request, 'Authorization', 'md5');
    third.reply(answer(bench.peer, third.request, { status: 200, sdp: ANSWER }));
    await saw('answered');
  });

  test('a wrong password is a refusal, not a game without end; neither is a challenge without credentials', async () => {
    const challenge: [string, string][] = [['WWW-Authenticate', 'Digest realm="gw", nonce="1", qop="auth"']];
    const refused = bench.dial({ peer: { ...bench.gateway, credentials } });
    bench.peer.onMessage = (message, reply) => {
      if (message.kind === 'request' && message.method === 'INVITE') {
        reply(answer(bench.peer, message, { status: 401, headers: challenge }));
      }
    };
    await refused.saw('failed {"kind":"response","status":401');
    expect(bench.peer.requests('INVITE')).toHaveLength(2);
    await bench.dial().saw('failed {"kind":"response","status":401');
    expect(bench.peer.requests('INVITE')).toHaveLength(3);
    expectNothingHeld();
  });

  test('a nonce that grew old during the call is answered anew for the BYE', async () => {
    const { saw, call } = bench.dial({ peer: { ...bench.gateway, credentials } });
    const first = await bench.peer.request('INVITE');
    const ask = (nonce: string): [string, string][] => [
      ['WWW-Authenticate', `Digest realm="g", nonce="${nonce}", qop="auth"`],
    ];
    first.reply(answer(bench.peer, first.request, { status: 401, headers: ask('old') }));
    const second = await bench.peer.request('INVITE', 2);
    second.reply(answer(bench.peer, second.request, { status: 200, sdp: ANSWER }));
    await saw('answered');
    call.bye();
    const bye = await bench.peer.request('BYE');
    bye.reply(answer(bench.peer, bye.request, { status: 401, headers: ask('new') }));
    const again = await bench.peer.request('BYE', 2);
    expectRightAnswer(again.request, 'Authorization', 'md5');
    expect(again.request.headers.get('Authorization')).toContain('nonce="new"');
    again.reply(answer(bench.peer, again.request, { status: 200 }));
    await saw('ended {"by":"local","status":200}');
    expectNothingHeld();
  });
});
