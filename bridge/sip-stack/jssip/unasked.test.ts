import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { anyText } from '../../../shared/testing/anyText.ts';
import { parseMessage } from '../message/index.ts';
import { byeOf, expectNothingHeld } from './testing/establishedCall.ts';
import { ANSWER, answer, type Bench, makeStack } from './testing/makeStack.ts';

let bench: Bench;

afterEach(async () => {
  await bench.close();
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
    const good = [ok, byeOf(bench, invite, 'UDP'), unasked('OPTIONS', 'sip:127.0.0.1'), unasked('INVITE', 'sip:a@b')];
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
    expectNothingHeld(bench);
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
