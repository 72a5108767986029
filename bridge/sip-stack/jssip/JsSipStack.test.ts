import { afterEach, describe, expect, test } from 'vitest';
import { parseNameAddr, parseVia } from '../message/index.ts';
import { ANSWER, answer, type Bench, behave, makeStack, OFFER } from './testing/makeStack.ts';

let bench: Bench;

afterEach(async () => {
  await bench.close();
});

/** Everything has run out: nothing is held but user agents and idle connections, by us or by JsSIP. */
function expectNothingHeld(): void {
  bench.clock.advance(64_000);
  expect(bench.stack.holdings()).toMatchObject({ calls: 0, clientTransactions: 0, serverTransactions: 0, timers: 0 });
  expect(bench.stack.heldByJsSip()).toMatchObject({ sessions: 0, dialogs: 0 });
}

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
    expect(ack.headers.get('To')).toBe('<sip:+12025550100@127.0.0.1:' + `${peer.port}>;tag=far`);
    await saw('answered');
    expect(bench.stack.holdings().calls).toBe(1);
    call.bye({ q850: 16, text: 'Normal call clearing' });
    const { request: bye, reply: replyBye } = await peer.request('BYE');
    expect(bye.headers.get('Reason')).toBe('Q.850;cause=16;text="Normal call clearing"');
    replyBye(answer(peer, bye, { status: 200 }));
    await saw('ended');
    expect(events).toEqual(['sent', 'trying', 'progress 180', 'answered', 'ended {"by":"local","status":200}']);
    expectNothingHeld();
  });
});
