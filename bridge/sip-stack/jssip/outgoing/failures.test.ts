import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RawPeer } from '../../transport/testing/RawPeer.ts';
import { expectNothingHeld } from '../testing/establishedCall.ts';
import { answer, type Bench, makeStack, peerAt } from '../testing/makeStack.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await makeStack('udp');
});

afterEach(async () => {
  await bench.close();
});

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
    expectNothingHeld(bench);
  });

  test('silence is a timeout, after seven INVITEs', async () => {
    const { saw, events } = bench.dial();
    await bench.peer.request('INVITE');
    bench.clock.advance(32_000);
    await saw('failed {"kind":"timeout"}');
    expect(events).toEqual(['sent', 'failed {"kind":"timeout"}']);
    expectNothingHeld(bench);
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
    expectNothingHeld(bench);
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
    expectNothingHeld(bench);
  });
});
