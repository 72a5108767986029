import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRequest, serializeMessage } from '../message/index.ts';
import type { TracedCallMessage, TracedSipMessage } from '../port/index.ts';
import { ANSWER, answer, type Bench, makeStack, OFFER } from './testing/makeStack.ts';

let bench: Bench;
let seen: TracedSipMessage[];
const lines = () => seen.map(({ direction, text }) => `${direction} ${text.split('\r\n')[0]}`);
const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
};

beforeEach(async () => {
  bench = await makeStack('udp', { gateway: { credentials: { userName: 'trunk', password: 'secret' } } });
  seen = [];
});

afterEach(() => bench.close());

describe('a trace of one gateway', () => {
  test('shows a whole call both ways, with addresses and times, and no digest or key', async () => {
    const { peer, stack } = bench;
    stack.trace('gw1', (message) => seen.push(message));
    const { call, saw } = bench.dial({ offer: `${OFFER}a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:topsecret\r\n` });
    const challenged = await peer.request('INVITE');
    const headers: [string, string][] = [['WWW-Authenticate', 'Digest realm="gw", nonce="n1"']];
    challenged.reply(answer(peer, challenged.request, { status: 401, headers }));
    const { request, reply } = await peer.request('INVITE', 2);
    reply(answer(peer, request, { status: 200, sdp: ANSWER }));
    await saw('answered');
    call.bye();
    const bye = await peer.request('BYE');
    bye.reply(answer(peer, bye.request, { status: 200 }));
    await saw('ended');
    expect(lines()).toEqual([
      `sent INVITE sip:+12025550100@127.0.0.1:${peer.port} SIP/2.0`,
      'received SIP/2.0 401 Unauthorized',
      `sent ACK sip:+12025550100@127.0.0.1:${peer.port} SIP/2.0`,
      `sent INVITE sip:+12025550100@127.0.0.1:${peer.port} SIP/2.0`,
      'received SIP/2.0 200 OK',
      `sent ACK sip:gw@127.0.0.1:${peer.port} SIP/2.0`,
      `sent BYE sip:gw@127.0.0.1:${peer.port} SIP/2.0`,
      'received SIP/2.0 200 OK',
    ]);
    const text = seen.map((message) => message.text).join('');
    expect(text).toContain('username="trunk"');
    expect(text).toContain('response="…"');
    expect(text).not.toMatch(/topsecret|nonce="n1"|response="[0-9a-f]/);
    expect(seen[0]).toMatchObject({
      transport: 'udp',
      local: `127.0.0.1:${bench.port}`,
      remote: `127.0.0.1:${peer.port}`,
    });
    expect(seen.map(({ atMs }) => atMs)).toEqual(seen.map(({ atMs }) => atMs).sort((one, other) => one - other));
  });

  test('shows probes and repeats, until it is stopped', async () => {
    const { peer, stack, gateway, clock } = bench;
    const stop = stack.trace('gw1', (message) => seen.push(message));
    const probing = stack.probe(gateway, { timeoutMs: 5000 });
    await peer.request('OPTIONS');
    clock.advance(500);
    const { request, reply } = await peer.request('OPTIONS', 2);
    reply(answer(peer, request, { status: 200 }));
    await probing;
    stop();
    stop();
    const again = stack.probe(gateway, { timeoutMs: 5000 });
    const third = await peer.request('OPTIONS', 3);
    third.reply(answer(peer, third.request, { status: 200 }));
    await again;
    expect(lines()).toEqual([
      `sent OPTIONS sip:127.0.0.1:${peer.port} SIP/2.0`,
      `sent OPTIONS sip:127.0.0.1:${peer.port} SIP/2.0`,
      'received SIP/2.0 200 OK',
    ]);
  });

  test('shows what the gateway sends by itself and our answer, and nothing of another gateway at the same address', async () => {
    const { peer, stack, gateway, port } = bench;
    const others: TracedSipMessage[] = [];
    stack.trace('gw1', (message) => seen.push(message));
    stack.trace('gw2', (message) => others.push(message));
    stack.setPeers([gateway, { ...gateway, id: 'gw2', addresses: [{ host: '127.0.0.1', port: 9, transport: 'udp' }] }]);
    await stack.locate(gateway);
    const options = createRequest({
      ...{ method: 'OPTIONS', uri: 'sip:us@127.0.0.1', callId: 'ping', cseq: 1 },
      ...{ from: '<sip:gw@127.0.0.1>;tag=1', to: '<sip:us@127.0.0.1>' },
    });
    options.headers.prepend('Via', `SIP/2.0/UDP 127.0.0.1:${peer.port};branch=z9hG4bKx;rport`);
    peer.sendUdp(serializeMessage(options), port);
    await until(() => seen.length === 2);
    expect(lines()).toEqual(['received OPTIONS sip:us@127.0.0.1 SIP/2.0', 'sent SIP/2.0 200 OK']);
    expect(others).toEqual([]);
  });

  test('of all calls has their messages without bodies and secrets, and no probes', async () => {
    const { peer, stack, gateway } = bench;
    const ofCalls: TracedCallMessage[] = [];
    const stop = stack.traceCalls((message) => ofCalls.push(message));
    const probing = stack.probe(gateway, { timeoutMs: 5000 });
    const probe = await peer.request('OPTIONS');
    probe.reply(answer(peer, probe.request, { status: 200 }));
    await probing;
    const { call, saw } = bench.dial();
    const { request, reply } = await peer.request('INVITE');
    const headers: [string, string][] = [['Reason', 'Q.850;cause=17;text="User busy"']];
    reply(answer(peer, request, { status: 486, headers }));
    await saw('failed');
    stop();
    stop();
    expect(ofCalls.map(({ direction, text }) => `${direction} ${text.split('\r\n')[0]}`)).toEqual([
      `sent INVITE sip:+12025550100@127.0.0.1:${peer.port} SIP/2.0`,
      'received SIP/2.0 486 Busy Here',
      `sent ACK sip:+12025550100@127.0.0.1:${peer.port} SIP/2.0`,
    ]);
    for (const message of ofCalls) expect(message).toMatchObject({ sipCallId: call.sipCallId, peerId: 'gw1' });
    expect(ofCalls[0]?.text).toMatch(/\r\n\r\nm=audio /);
    expect(ofCalls[0]?.text).not.toMatch(/c=IN|o=/);
    expect(ofCalls[1]?.text).toContain('Reason: Q.850;cause=17;text="User busy"');
  });

  test('a listener that fails disturbs nobody', async () => {
    const { peer, stack, gateway } = bench;
    stack.trace('gw1', () => {
      throw new Error('listener');
    });
    const probing = stack.probe(gateway, { timeoutMs: 5000 });
    const { request, reply } = await peer.request('OPTIONS');
    reply(answer(peer, request, { status: 200 }));
    expect(await probing).toMatchObject({ isReachable: true });
  });
});
