import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RawPeer } from '../../transport/testing/RawPeer.ts';
import { expectNothingHeld } from '../testing/establishedCall.ts';
import { ANSWER, answer, type Bench, makeStack } from '../testing/makeStack.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await makeStack('udp');
});

afterEach(async () => {
  await bench.close();
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
    expectNothingHeld(bench);
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
    expectNothingHeld(bench);
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
    expectNothingHeld(bench);
  });
});
