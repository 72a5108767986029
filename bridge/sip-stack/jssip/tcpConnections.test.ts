import { afterEach, describe, expect, test } from 'vitest';
import { RawPeer } from '../transport/testing/RawPeer.ts';
import { byeOf, expectNothingHeld } from './testing/establishedCall.ts';
import { ANSWER, answer, type Bench, makeStack } from './testing/makeStack.ts';

let bench: Bench;

afterEach(async () => {
  await bench.close();
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a call over TCP', () => {
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
    write(byeOf(bench, invite, 'TCP'));
    await saw('ended {"by":"remote"');
    await bench.peer.until(() => bench.peer.responses(200).length === 1);
    expectNothingHeld(bench);
  });

  test('the call outlives its connection, and the BYE goes over a new one', async () => {
    const { call, saw } = await established();
    bench.peer.dropConnections();
    await bench.peer.until(() => bench.peer.connectionCount === 0);
    call.bye();
    const { request: bye, reply } = await bench.peer.request('BYE');
    reply(answer(bench.peer, bye, { status: 200 }));
    await saw('ended {"by":"local","status":200}');
    expectNothingHeld(bench);
  });

  test('a BYE that reaches nobody any more fails visibly and ends the call', async () => {
    const { call, saw } = await established();
    await bench.peer.close();
    call.bye();
    bench.clock.advance(5000);
    await saw('ended {"by":"local","reason":"the gateway did not answer the BYE"}');
    bench.clock.advance(27_000);
    expectNothingHeld(bench);
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
    expectNothingHeld(bench);
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
    expectNothingHeld(bench);
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
