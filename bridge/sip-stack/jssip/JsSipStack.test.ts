import { afterEach, describe, expect, test } from 'vitest';
import { parseNameAddr, parseVia } from '../message/index.ts';
import { expectNothingHeld } from './testing/establishedCall.ts';
import { ANSWER, answer, type Bench, makeStack, OFFER } from './testing/makeStack.ts';

let bench: Bench;

afterEach(async () => {
  await bench.close();
});

describe.each(['udp', 'tcp'] as const)('a call over %s', (transport) => {
  test('rings, is answered and is hung up by us', async () => {
    bench = await makeStack(transport);
    const { peer } = bench;
    const { call, events, saw } = bench.dial();
    const { request: invite, reply } = await peer.request('INVITE');
    expect(invite.uri).toBe(`sip:+12025550100@127.0.0.1:${peer.port}`);
    expect(invite.body).toBe(OFFER);
    expect(invite.headers.get('Call-ID')).toBe(call.sipCallId);
    expect(parseNameAddr(invite.headers.get('From') ?? '')?.displayName).toBe('Alice');
    const contact = invite.headers.get('Contact');
    expect(contact).toBe(`<sip:bridge@127.0.0.1:${bench.port}${transport === 'tcp' ? ';transport=tcp' : ''}>`);
    expect(parseVia(invite.headers.get('Via') ?? '')?.transport).toBe(transport.toUpperCase());
    expect(JSON.stringify([...invite.headers])).not.toMatch(/invalid|outbound|Session-Expires/);
    reply(answer(peer, invite, { status: 100 }));
    reply(answer(peer, invite, { status: 180 }));
    reply(answer(peer, invite, { status: 200, sdp: ANSWER }));
    const { request: ack } = await peer.request('ACK');
    expect(ack.uri).toBe(`sip:gw@127.0.0.1:${peer.port}`);
    expect(ack.headers.get('To')).toBe(`<sip:+12025550100@127.0.0.1>;tag=far`);
    await saw('answered');
    expect(bench.stack.holdings().calls).toBe(1);
    call.bye({ q850: 16, text: 'Normal call clearing' });
    const { request: bye, reply: replyBye } = await peer.request('BYE');
    expect(bye.headers.get('Reason')).toBe('Q.850;cause=16;text="Normal call clearing"');
    replyBye(answer(peer, bye, { status: 200 }));
    await saw('ended');
    expect(events).toEqual(['sent', 'trying', 'progress 180', 'answered', 'ended {"by":"local","status":200}']);
    expectNothingHeld(bench);
  });
});

describe('gateways by name and by IPv6', () => {
  test('a name is looked up before the first call and kept for the next', async () => {
    bench = await makeStack('udp', { gatewayHost: 'localhost' });
    bench.dial();
    const { request } = await bench.peer.request('INVITE');
    expect(request.uri).toBe(`sip:+12025550100@localhost:${bench.peer.port}`);
    bench.dial();
    await bench.peer.request('INVITE', 2);
    expect(bench.stack.holdings().userAgents).toBe(1);
  });

  test.each(['udp', 'tcp'] as const)('a call over IPv6 and %s', async (transport) => {
    bench = await makeStack(transport, { host: '::1' });
    const { call, saw } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    expect(request.uri).toBe(`sip:+12025550100@[::1]:${bench.peer.port}`);
    expect(request.headers.get('Contact')).toContain(`@[::1]:${bench.port}`);
    reply(answer(bench.peer, request, { status: 200, sdp: ANSWER, contact: `<sip:gw@[::1]:${bench.peer.port}>` }));
    await saw('answered');
    call.bye();
    const { request: bye, reply: replyBye } = await bench.peer.request('BYE');
    replyBye(answer(bench.peer, bye, { status: 200 }));
    await saw('ended');
    expectNothingHeld(bench);
  });
});

describe('probes', () => {
  test('any answer shows that the gateway is there, and keeps what it says', async () => {
    bench = await makeStack();
    const probing = bench.stack.probe(bench.gateway, { timeoutMs: 2000 });
    const { request, reply } = await bench.peer.request('OPTIONS');
    bench.clock.advance(30);
    reply(answer(bench.peer, request, { status: 503, headers: [['Retry-After', '9']] }));
    await expect(probing).resolves.toEqual({ isReachable: true, status: 503, retryAfterMs: 9000, roundTripMs: 30 });
    expectNothingHeld(bench);
  });

  test('silence ends by the time given and leaves nothing behind', async () => {
    bench = await makeStack();
    const probing = bench.stack.probe(bench.gateway, { timeoutMs: 2000 });
    await bench.peer.request('OPTIONS');
    bench.clock.advance(2000);
    await expect(probing).resolves.toEqual({ isReachable: false, problem: 'no answer within 2000 ms' });
    expect(bench.stack.holdings()).toMatchObject({ clientTransactions: 0, timers: 0 });
  });

  test('an unknown name says so', async () => {
    bench = await makeStack('udp', { gatewayHost: 'gateway.invalid' });
    const problem = 'the name gateway.invalid has no address';
    await expect(bench.stack.probe(bench.gateway, { timeoutMs: 99 })).resolves.toEqual({ isReachable: false, problem });
  });
});
