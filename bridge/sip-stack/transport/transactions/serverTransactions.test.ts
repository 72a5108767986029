import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FakeClock } from '../../../observability/FakeClock.ts';
import { createRequest, createResponse, parseVia, type SipRequest, serializeMessage } from '../../message/index.ts';
import type { ServerTransaction, SipTransportLayer } from '../SipTransportLayer.ts';
import { makeLayer } from '../testing/makeLayer.ts';
import { RawPeer } from '../testing/RawPeer.ts';

let layer: SipTransportLayer;
let clock: FakeClock;
let udpPort: number;
let tcpPort: number;
let peer: RawPeer;
let offered: ServerTransaction[];

beforeEach(async () => {
  ({ layer, clock, udpPort, tcpPort } = await makeLayer());
  peer = await RawPeer.udp();
  offered = [];
  layer.on('request', (transaction) => offered.push(transaction));
});

afterEach(async () => {
  await layer.close();
  await peer.close();
});

interface Inbound {
  method: string;
  branch?: string;
  toTag?: string;
  transport?: 'UDP' | 'TCP';
  rport?: boolean;
}

function inbound({ method, branch = 'z9hG4bKone', toTag, transport = 'UDP', rport = true }: Inbound): SipRequest {
  const request = createRequest({
    method,
    uri: 'sip:us@127.0.0.1',
    from: '<sip:them@127.0.0.1>;tag=theirs',
    to: `<sip:us@127.0.0.1>${toTag === undefined ? '' : `;tag=${toTag}`}`,
    callId: 'call-2',
    cseq: 1,
    headers: [['Contact', `<sip:them@127.0.0.1:${peer.port}>`]],
  });
  const via = `SIP/2.0/${transport} gateway.example:${peer.port};branch=${branch}${rport ? ';rport' : ''}`;
  request.headers.prepend('Via', via);
  return request;
}

async function offer(what: Inbound): Promise<ServerTransaction> {
  const request = inbound(what);
  const branch = request.headers.get('Via')?.split(';')[1] ?? '';
  const came = new Promise<ServerTransaction>((resolve) =>
    layer.on('request', (transaction) => {
      if (transaction.request.headers.get('Via')?.includes(`;${branch};`)) resolve(transaction);
    }),
  );
  peer.sendUdp(serializeMessage(request), udpPort);
  return came;
}

/** What was sent before this has been worked on, since datagrams of one socket arrive in order. */
async function drained(): Promise<void> {
  await offer({ method: 'OPTIONS', branch: `z9hG4bK${Math.random()}` });
}

const answer = (transaction: ServerTransaction, status: number) =>
  transaction.respond(createResponse(transaction.request, { status, toTag: 'ours' }));

describe('server transactions over UDP', () => {
  test('a repeated INFO reaches the owner once and is answered again until timer J', async () => {
    const transaction = await offer({ method: 'INFO' });
    answer(transaction, 200);
    peer.sendUdp(serializeMessage(inbound({ method: 'INFO' })), udpPort);
    await peer.until(() => peer.responses(200).length === 2);
    expect(offered).toHaveLength(1);
    clock.advance(32_000);
    expect(layer.holdings()).toMatchObject({ serverTransactions: 0, timers: 0 });
    peer.sendUdp(serializeMessage(inbound({ method: 'INFO' })), udpPort);
    await drained();
    expect(offered).toHaveLength(3);
  });

  test('the Via of the answer says where the request really came from', async () => {
    answer(await offer({ method: 'OPTIONS' }), 200);
    await peer.until(() => peer.responses(200).length === 1);
    const via = parseVia(peer.responses()[0]?.headers.get('Via') ?? '');
    expect(via?.params.get('received')).toBe('127.0.0.1');
    expect(via?.params.get('rport')).toBe(String(peer.port));
  });

  test('without rport the answer goes to the port of the Via', async () => {
    const other = await RawPeer.udp();
    const request = inbound({ method: 'OPTIONS', rport: false });
    request.headers.set('Via', `SIP/2.0/UDP 127.0.0.1:${other.port};branch=z9hG4bKtwo`);
    const came = new Promise<ServerTransaction>((resolve) => layer.once('request', resolve));
    peer.sendUdp(serializeMessage(request), udpPort);
    answer(await came, 200);
    await other.until(() => other.responses(200).length === 1);
    await other.close();
  });

  test('an INVITE that nobody answers gets a 100 after 200 ms, and a repeat gets it again', async () => {
    await offer({ method: 'INVITE' });
    clock.advance(199);
    peer.sendUdp(serializeMessage(inbound({ method: 'INVITE' })), udpPort);
    await drained();
    expect(peer.responses()).toEqual([]);
    clock.advance(1);
    peer.sendUdp(serializeMessage(inbound({ method: 'INVITE' })), udpPort);
    await peer.until(() => peer.responses(100).length === 2);
  });

  test('a failure is repeated T1 doubling to T2 until its ACK', async () => {
    const transaction = await offer({ method: 'INVITE' });
    const acknowledged = new Promise((resolve) => transaction.once('acknowledged', resolve));
    answer(transaction, 486);
    clock.advance(500 + 1000 + 2000 + 4000);
    await peer.until(() => peer.responses(486).length === 5);
    peer.sendUdp(serializeMessage(inbound({ method: 'ACK', toTag: 'ours' })), udpPort);
    await acknowledged;
    clock.advance(5000);
    expect(layer.holdings()).toMatchObject({ serverTransactions: 0, timers: 0 });
    await drained();
    expect(peer.responses(486)).toHaveLength(5);
  });

  test('a 200 is repeated until the ACK, which comes on a branch of its own, and absorbs later INVITEs', async () => {
    const transaction = await offer({ method: 'INVITE' });
    const acks: SipRequest[] = [];
    transaction.on('acknowledged', (ack) => acks.push(ack));
    answer(transaction, 200);
    clock.advance(1500);
    await peer.until(() => peer.responses(200).length === 3);
    const ack = serializeMessage(inbound({ method: 'ACK', branch: 'z9hG4bKack', toTag: 'ours' }));
    peer.sendUdp(ack, udpPort);
    peer.sendUdp(ack, udpPort);
    peer.sendUdp(serializeMessage(inbound({ method: 'INVITE' })), udpPort);
    await drained();
    clock.advance(20_000);
    expect(acks).toHaveLength(1);
    expect(peer.responses(200)).toHaveLength(3);
    clock.advance(80_000);
    expect(layer.holdings()).toMatchObject({ serverTransactions: 0, timers: 0 });
  });

  test('a 200 whose ACK never comes is given up after 64*T1', async () => {
    const transaction = await offer({ method: 'INVITE' });
    const seen: string[] = [];
    transaction.on('unacknowledged', () => seen.push('unacknowledged'));
    transaction.on('terminated', () => seen.push('terminated'));
    answer(transaction, 200);
    clock.advance(32_000);
    expect(seen).toEqual(['unacknowledged', 'terminated']);
    expect(layer.holdings()).toMatchObject({ serverTransactions: 0, timers: 0 });
  });

  test('a CANCEL is answered 200 and told to the owner, one for nothing is answered 481', async () => {
    const transaction = await offer({ method: 'INVITE' });
    answer(transaction, 180);
    transaction.on('cancelled', () => answer(transaction, 487));
    peer.sendUdp(serializeMessage(inbound({ method: 'CANCEL' })), udpPort);
    await peer.until(() => peer.responses(487).length === 1 && peer.responses(200).length === 1);
    peer.sendUdp(serializeMessage(inbound({ method: 'CANCEL', branch: 'z9hG4bKother' })), udpPort);
    await peer.until(() => peer.responses(481).length === 1);
  });

  test('peers of RFC 2543, without a unique branch, have their repeats absorbed too', async () => {
    const transaction = await offer({ method: 'INFO', branch: '1' });
    answer(transaction, 200);
    peer.sendUdp(serializeMessage(inbound({ method: 'INFO', branch: '1' })), udpPort);
    await peer.until(() => peer.responses(200).length === 2);
    expect(offered).toHaveLength(1);
  });

  test('an owner that throws makes it a 500 and ends nothing else', async () => {
    layer.once('request', () => {
      throw new Error('owner');
    });
    peer.sendUdp(serializeMessage(inbound({ method: 'INFO' })), udpPort);
    await peer.until(() => peer.responses(500).length === 1);
    answer(await offer({ method: 'OPTIONS', branch: 'z9hG4bKnext' }), 200);
    await peer.until(() => peer.responses(200).length === 1);
  });

  test('requests beyond the allowed number are dropped', async () => {
    const small = await makeLayer({ maxServerTransactions: 2 });
    const came: string[] = [];
    const last = new Promise<void>((resolve) =>
      small.layer.on('request', (transaction) => {
        came.push(transaction.request.method);
        if (came.length === 2) resolve();
      }),
    );
    for (const branch of ['z9hG4bKa', 'z9hG4bKb', 'z9hG4bKc']) {
      peer.sendUdp(serializeMessage(inbound({ method: 'OPTIONS', branch })), small.udpPort);
    }
    await last;
    expect(small.layer.holdings().serverTransactions).toBe(2);
    await small.layer.close();
  });
});

describe('unreadable input', () => {
  test('is answered 400 where it says to whom, counted, and nothing is kept', async () => {
    const broken = serializeMessage(inbound({ method: 'OPTIONS' })).replace(/Contact: .*/, 'Contact: nobody');
    peer.sendUdp(broken, udpPort);
    peer.sendUdp('what is this', udpPort);
    await peer.until(() => peer.responses(400).length === 1);
    await drained();
    expect(layer.counters().malformedIn).toBe(2);
    expect(layer.holdings().serverTransactions).toBe(1);
  });
});

describe('server transactions over TCP', () => {
  test('a 200 to INVITE is repeated over TCP as well, other finals leave nothing behind', async () => {
    const tcp = await RawPeer.tcp();
    const write = await tcp.connectTo(tcpPort);
    layer.on('request', (transaction) => answer(transaction, 200));
    write(serializeMessage(inbound({ method: 'INVITE', transport: 'TCP' })));
    await tcp.until(() => tcp.responses(200).length === 1);
    clock.advance(500);
    await tcp.until(() => tcp.responses(200).length === 2);
    write(serializeMessage(inbound({ method: 'ACK', branch: 'z9hG4bKack', toTag: 'ours', transport: 'TCP' })));
    write(serializeMessage(inbound({ method: 'OPTIONS', branch: 'z9hG4bKo', transport: 'TCP' })));
    await tcp.until(() => tcp.responses(200).length === 3);
    clock.advance(32_000);
    expect(layer.holdings()).toMatchObject({ serverTransactions: 0, timers: 0, connections: 1 });
    await tcp.close();
  });

  test('the answer to a request whose connection is gone goes over a new one to the sent-by port', async () => {
    const tcp = await RawPeer.tcp();
    const write = await tcp.connectTo(tcpPort);
    const came = new Promise<ServerTransaction>((resolve) => layer.once('request', resolve));
    const request = inbound({ method: 'INVITE', transport: 'TCP' });
    request.headers.set('Via', `SIP/2.0/TCP 127.0.0.1:${tcp.port};branch=z9hG4bKlost`);
    write(serializeMessage(request));
    const transaction = await came;
    tcp.dropConnections();
    await tcp.until(() => tcp.connectionCount === 0);
    answer(transaction, 486);
    await tcp.until(() => tcp.responses(486).length === 1);
    await tcp.close();
  });

  test('a stream that lost its frame is answered 400 and closed', async () => {
    const tcp = await RawPeer.tcp();
    const write = await tcp.connectTo(tcpPort);
    write(serializeMessage(inbound({ method: 'OPTIONS', transport: 'TCP' })).replace('Length: 0', 'Length: zero'));
    await tcp.until(() => tcp.responses(400).length === 1 && tcp.connectionCount === 0);
    expect(layer.counters().malformedIn).toBe(1);
    await tcp.close();
  });

  test('half a message that never goes on costs the connection after 30 s', async () => {
    const tcp = await RawPeer.tcp();
    const write = await tcp.connectTo(tcpPort);
    write('OPTIONS sip:us@127.0.0.1 SIP/2.0\r\nVia: ');
    write('\r\n\r\nOPTIONS');
    await tcp.until(() => true);
    while (layer.counters().messagesIn === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(30_000);
    await tcp.until(() => tcp.connectionCount === 0);
    await tcp.close();
  });
});

test('a port that is taken is said so, and nothing stays bound', async () => {
  const listen = [{ transport: 'udp', host: '127.0.0.1', port: udpPort }] as const;
  await expect(makeLayer({ listen })).rejects.toThrow('EADDRINUSE');
});

test('a listener on all addresses tells the owner the one that was meant', async () => {
  const open = await makeLayer({ listen: [{ transport: 'udp', host: '0.0.0.0', port: 0 }] });
  const came = new Promise<ServerTransaction>((resolve) => open.layer.once('request', resolve));
  peer.sendUdp(serializeMessage(inbound({ method: 'OPTIONS' })), open.udpPort);
  expect((await came).local).toEqual({ host: '127.0.0.1', port: open.udpPort });
  await open.layer.close();
});
