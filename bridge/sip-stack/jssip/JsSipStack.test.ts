import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { anyText } from '../../../shared/testing/anyText.ts';
import { parseMessage, parseNameAddr, parseVia, type SipRequest } from '../message/index.ts';
import { RawPeer } from '../transport/testing/RawPeer.ts';
import { ANSWER, answer, type Bench, makeStack, OFFER } from './testing/makeStack.ts';

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
    expect(ack.headers.get('To')).toBe(`<sip:+12025550100@127.0.0.1>;tag=far`);
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

describe('over TCP', () => {
  async function established() {
    bench = await makeStack('tcp');
    const dialled = bench.dial();
    const { request: invite, reply } = await bench.peer.request('INVITE');
    reply(
      answer(bench.peer, invite, {
        status: 200,
        sdp: ANSWER,
        contact: `<sip:gw@127.0.0.1:${bench.peer.port};transport=tcp>`,
      }),
    );
    await dialled.saw('answered');
    return { ...dialled, invite };
  }

  test('a probe opens the connection that the next call uses', async () => {
    bench = await makeStack('tcp');
    const probing = bench.stack.probe(bench.gateway, { timeoutMs: 2000 });
    const { request, reply } = await bench.peer.request('OPTIONS');
    reply(answer(bench.peer, request, { status: 200 }));
    await expect(probing).resolves.toMatchObject({ isReachable: true, status: 200 });
    bench.dial();
    await bench.peer.request('INVITE');
    expect(bench.peer.connectionCount).toBe(1);
    expect(bench.stack.holdings().connections).toBe(1);
  });

  test('a gateway may send its BYE over a connection of its own to our Contact', async () => {
    const { invite, saw } = await established();
    const write = await bench.peer.connectTo(bench.port);
    write(byeOf(invite, 'TCP'));
    await saw('ended {"by":"remote"');
    await bench.peer.until(() => bench.peer.responses(200).length === 1);
    expectNothingHeld();
  });

  test('the call outlives its connection, and the BYE goes over a new one', async () => {
    const { call, saw } = await established();
    bench.peer.dropConnections();
    await bench.peer.until(() => bench.peer.connectionCount === 0);
    call.bye();
    const { request: bye, reply } = await bench.peer.request('BYE');
    reply(answer(bench.peer, bye, { status: 200 }));
    await saw('ended {"by":"local","status":200}');
    expectNothingHeld();
  });

  test('a BYE that reaches nobody any more fails visibly and ends the call', async () => {
    const { call, saw } = await established();
    await bench.peer.close();
    call.bye();
    bench.clock.advance(5000);
    await saw('ended {"by":"local","reason":"the gateway did not answer the BYE"}');
    bench.clock.advance(27_000);
    expectNothingHeld();
    bench = await makeStack('tcp');
  });

  test('a BYE finds a gateway that was away for some seconds', async () => {
    const { call, saw } = await established();
    const { port } = bench.peer;
    await bench.peer.close();
    while (bench.stack.holdings().connections > 0) await turn();
    call.bye();
    // Refused, and again a second later.
    for (let second = 0; second < 2; second += 1) {
      while (bench.stack.holdings().connections > 0) await turn();
      bench.clock.advance(1000);
    }
    const again = await RawPeer.tcp('127.0.0.1', port);
    while (bench.stack.holdings().connections > 0) await turn();
    bench.clock.advance(1000);
    const { request: bye, reply } = await again.request('BYE');
    reply(answer(again, bye, { status: 200 }));
    await saw('ended {"by":"local","status":200}');
    expect(again.requests('BYE')).toHaveLength(1);
    expectNothingHeld();
    await again.close();
  });

  test('a gateway that goes away while it rings is a transport failure', async () => {
    bench = await makeStack('tcp');
    const { saw } = bench.dial();
    const { request, reply } = await bench.peer.request('INVITE');
    reply(answer(bench.peer, request, { status: 180 }));
    await saw('progress');
    await bench.peer.close();
    await saw('failed {"kind":"transport","reason":"the connection was refused"}');
    expectNothingHeld();
    bench = await makeStack('tcp');
  });

  test('forgetting a gateway closes its connection once its last call is over', async () => {
    const { call, saw } = await established();
    bench.stack.forget('gw1');
    expect(bench.stack.holdings()).toMatchObject({ userAgents: 0, connections: 1, calls: 1 });
    call.bye();
    const { request: bye, reply } = await bench.peer.request('BYE');
    reply(answer(bench.peer, bye, { status: 200 }));
    await saw('ended');
    bench.clock.advance(64_000);
    await bench.peer.until(() => bench.peer.connectionCount === 0);
    expect(bench.stack.holdings().connections).toBe(0);
  });
});

function byeOf(invite: SipRequest, transport: 'UDP' | 'TCP'): string {
  return [
    `BYE ${invite.headers.get('Contact')?.slice(1, -1)} SIP/2.0`,
    `Via: SIP/2.0/${transport} 127.0.0.1:${bench.peer.port};branch=z9hG4bKbye;rport`,
    `From: ${invite.headers.get('To')};tag=far`,
    `To: ${invite.headers.get('From')}`,
    `Call-ID: ${invite.headers.get('Call-ID')}`,
    'CSeq: 1 BYE',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

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
    expectNothingHeld();
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
    expectNothingHeld();
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

describe('what comes unasked', () => {
  const unasked = (method: string, uri: string, to = '<sip:x@127.0.0.1>') =>
    [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${bench.peer.port};branch=z9hG4bK${method};rport`,
      'From: <tel:+12025550100>;tag=1',
      `To: ${to}`,
      `Call-ID: unasked-${method}`,
      `CSeq: 1 ${method}`,
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n');

  test('OPTIONS is answered 200, to any user and to none', async () => {
    bench = await makeStack();
    bench.stack.setPeers([bench.gateway]);
    bench.peer.sendUdp(unasked('OPTIONS', 'sip:127.0.0.1'), bench.port);
    await bench.peer.until(() => bench.peer.responses(200).length === 1);
    expect(bench.peer.responses(200)[0]?.headers.get('Allow')).toContain('INVITE');
  });

  test('a gateway that may not call gets 403, another 480, other things what the RFC says', async () => {
    bench = await makeStack();
    bench.stack.setPeers([bench.gateway]);
    bench.peer.sendUdp(unasked('INVITE', 'tel:+12025550199'), bench.port);
    await bench.peer.until(() => bench.peer.responses(403).length === 1);
    bench.stack.setPeers([{ ...bench.gateway, incoming: { addresses: [] } }]);
    const second = unasked('INVITE', 'sip:+12025550199@127.0.0.1').replace('bKINVITE', 'bKother');
    bench.peer.sendUdp(second.replace('CSeq', 'Contact: <sip:gw@127.0.0.1>\r\nCSeq'), bench.port);
    await bench.peer.until(() => bench.peer.responses(480).length === 1);
    bench.peer.sendUdp(unasked('BYE', 'sip:a@127.0.0.1', '<sip:x@127.0.0.1>;tag=2'), bench.port);
    await bench.peer.until(() => bench.peer.responses(481).length === 1);
    bench.peer.sendUdp(unasked('SUBSCRIBE', 'sip:a@127.0.0.1'), bench.port);
    await bench.peer.until(() => bench.peer.responses(405).length === 1);
  });

  test('1,000 malformed packets and 100 malformed streams leave a call that is up untouched', async () => {
    bench = await makeStack();
    const { call, saw, events } = bench.dial();
    const { request: invite, reply } = await bench.peer.request('INVITE');
    const ok = answer(bench.peer, invite, { status: 200, sdp: ANSWER });
    reply(ok);
    await saw('answered');
    const good = [ok, byeOf(invite, 'UDP'), unasked('OPTIONS', 'sip:127.0.0.1'), unasked('INVITE', 'sip:a@b')];
    const attacker = createSocket('udp4');
    const packets = fc.sample(
      malformed(good).filter((text) => text.length > 4 && !parseMessage(text).ok),
      1000,
    );
    for (const [index, packet] of packets.entries()) {
      attacker.send(packet, bench.port, '127.0.0.1');
      // In step with the stack, so that none is lost in the socket's buffer.
      while (index % 20 === 19 && bench.stack.counters().malformedIn <= index) await turn();
    }
    attacker.close();
    const tcpPort = bench.stack.listeners.find(({ transport }) => transport === 'tcp')?.port ?? 0;
    for (const stream of fc.sample(malformed(good), 100)) {
      const socket = connect(tcpPort, '127.0.0.1');
      socket.on('error', () => {});
      socket.end(stream);
      await once(socket.resume(), 'close');
    }
    expect(events).toEqual(['sent', 'answered']);
    expect(bench.stack.counters().malformedIn).toBeGreaterThanOrEqual(1000);
    call.bye();
    const { request: bye, reply: replyBye } = await bench.peer.request('BYE');
    replyBye(answer(bench.peer, bye, { status: 200 }));
    await saw('ended {"by":"local","status":200}');
    expectNothingHeld();
  }, 20_000);
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Good messages, cut and spliced so that they can't be taken for what they were. */
function malformed(good: string[]): fc.Arbitrary<string> {
  return fc
    .record({
      text: fc.constantFrom(...good),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      drop: fc.integer({ min: 0, max: 40 }),
      put: fc.oneof(
        anyText({ maxLength: 30 }),
        fc.constantFrom('\r\n\r\n', '\r\n: \r\n', '\0', '%zz', '<<<', '"', ';;=', 'CSeq: -1 x\r\n', 'Contact: *\r\n'),
      ),
      shape: fc.constantFrom('spliced', 'cut', 'noise'),
      noise: anyText({ maxLength: 300 }),
    })
    .map(({ text, at, drop, put, shape, noise }) => {
      // The call's own names are changed, since a packet that by luck stays well-formed may well end a call.
      const other = text.replaceAll(/Call-ID: \S+/g, 'Call-ID: other').replaceAll(/branch=\S+/g, 'branch=z9hG4bKx');
      const place = Math.floor(at * other.length);
      if (shape === 'noise') return `${noise}\r\n\r\n`;
      if (shape === 'cut') return other.slice(0, place);
      return other.slice(0, place) + put + other.slice(place + drop);
    });
}
