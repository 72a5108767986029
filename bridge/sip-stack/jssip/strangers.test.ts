import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RawPeer } from '../transport/testing/RawPeer.ts';
import { ANSWER, answer, type Bench, makeStack } from './testing/makeStack.ts';

let bench: Bench;
let stranger: Socket;
let strangerHost: string;
const turn = () => new Promise((resolve) => setImmediate(resolve));
const until = async (condition: () => boolean) => {
  while (!condition()) await turn();
};
const strangersIn = () => bench.stack.counters().strangersIn;
const unasked = (method: string, id: number, transport = 'UDP') =>
  [
    `${method} sip:us@127.0.0.1 SIP/2.0`,
    `Via: SIP/2.0/${transport} ${strangerHost}:9;branch=z9hG4bK${id};rport`,
    'From: <sip:x@x>;tag=1',
    'To: <sip:us@127.0.0.1>',
    `Call-ID: junk-${id}`,
    `CSeq: 1 ${method}`,
    'Contact: <sip:x@x>',
    'Content-Length: 0\r\n\r\n',
  ].join('\r\n');
const send = (text: string) => stranger.send(text, bench.port, '127.0.0.1');

// On Linux all of 127/8 is this machine: the stranger has another address than the gateway.
beforeEach(async () => {
  strangerHost = '127.0.0.2';
  stranger = createSocket('udp4');
  stranger.bind(0, strangerHost);
  await once(stranger, 'listening');
});
afterEach(async () => {
  stranger.close();
  await bench.close();
});

describe('strangers over UDP', () => {
  test('get nothing at all, and are counted', async () => {
    bench = await makeStack();
    const heard: string[] = [];
    stranger.on('message', (bytes) => heard.push(bytes.toString()));
    for (const [id, method] of ['INVITE', 'OPTIONS', 'REGISTER', 'BYE', 'FOO'].entries()) send(unasked(method, id));
    send('what is this');
    await until(() => strangersIn() === 6);
    expect(bench.stack.counters()).toMatchObject({ messagesIn: 6, malformedIn: 0, messagesOut: 0 });
    expect(bench.stack.holdings()).toMatchObject({ serverTransactions: 0, timers: 0 });
    expect(heard).toEqual([]);
  });

  test('get 403 where the operator wants that, and nothing is kept of it', async () => {
    bench = await makeStack('udp', { strangers: 'refuse' });
    const heard = once(stranger, 'message');
    send(unasked('INVITE', 1));
    expect(String((await heard)[0])).toMatch(/^SIP\/2\.0 403 Forbidden\r\n.*received=127\.0\.0\.2/s);
    expect(strangersIn()).toBe(1);
    expect(bench.stack.holdings()).toMatchObject({ serverTransactions: 0, timers: 0 });
  });

  test('may answer our requests from wherever, by their branch, and end a call that is up', async () => {
    bench = await makeStack();
    const { call, saw } = bench.dial();
    const { request } = await bench.peer.request('INVITE');
    send(
      'SIP/2.0 180 Ringing\r\nVia: SIP/2.0/UDP x;branch=z9hG4bKffffffffffffffffffffffffffffffff\r\nCSeq: 1 INVITE\r\n\r\n',
    );
    send(answer(bench.peer, request, { status: 200, sdp: ANSWER }));
    await saw('answered');
    const from = request.headers.get('From');
    send(
      unasked('BYE', 7)
        .replace('junk-7', call.sipCallId)
        .replace('From: <sip:x@x>;tag=1', 'From: <sip:x@x>;tag=far')
        .replace('To: <sip:us@127.0.0.1>', `To: ${from}`),
    );
    await saw('ended {"by":"remote"');
    expect(strangersIn()).toBe(0);
  });

  test('are no strangers once a gateway has their address', async () => {
    bench = await makeStack();
    send(unasked('OPTIONS', 1));
    await until(() => strangersIn() === 1);
    bench.stack.setPeers([{ ...bench.gateway, incoming: { addresses: ['127.0.0.2/31'] } }]);
    const heard = once(stranger, 'message');
    send(unasked('OPTIONS', 2));
    expect(String((await heard)[0])).toMatch(/^SIP\/2\.0 200 /);
  });
});

describe('strangers over TCP', () => {
  const tcpPort = () => bench.stack.listeners.find(({ transport }) => transport === 'tcp')?.port ?? 0;
  const open = async () => {
    const socket = connect({ port: tcpPort(), host: '127.0.0.1', localAddress: strangerHost });
    socket.on('error', () => {});
    await once(socket, 'connect');
    return socket;
  };

  test('lose their connection with their first request', async () => {
    bench = await makeStack();
    const socket = await open();
    socket.resume();
    socket.write(unasked('OPTIONS', 1, 'TCP'));
    await once(socket, 'close');
    expect(strangersIn()).toBe(1);
  });

  test('hear 403 before that, where the operator wants it', async () => {
    bench = await makeStack('udp', { strangers: 'refuse' });
    const socket = await open();
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk;
    });
    socket.write(unasked('INVITE', 1, 'TCP'));
    await once(socket, 'close');
    expect(heard).toMatch(/^SIP\/2\.0 403 Forbidden/);
  });

  test('may say nothing for 10 s and no longer, and are a hundred at most; gateways come in all the same', async () => {
    bench = await makeStack();
    bench.stack.setPeers([bench.gateway]);
    await turn();
    const sockets = await Promise.all(Array.from({ length: 110 }, () => open()));
    let closed = 0;
    for (const socket of sockets) socket.resume().on('close', () => (closed += 1));
    await until(() => closed === 10 && bench.stack.holdings().connections === 100);
    const gateway = await RawPeer.tcp();
    const write = await gateway.connectTo(tcpPort());
    bench.clock.advance(9999);
    write(unasked('OPTIONS', 2, 'TCP').replaceAll(strangerHost, '127.0.0.1'));
    await gateway.until(() => gateway.responses(200).length === 1);
    expect(closed).toBe(10);
    bench.clock.advance(1);
    await until(() => closed === 110);
    expect(bench.stack.holdings().connections).toBe(1);
    await gateway.close();
  });
});
