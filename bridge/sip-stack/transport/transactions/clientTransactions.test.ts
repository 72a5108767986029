import { afterEach, describe, expect, test } from 'vitest';
import type { FakeClock } from '../../../observability/FakeClock.ts';
import { createRequest, createResponse, parseVia, type SipRequest, serializeMessage } from '../../message/index.ts';
import type { ClientTransaction, SipRoute, SipTransportLayer } from '../SipTransportLayer.ts';
import { makeLayer } from '../testing/makeLayer.ts';
import { RawPeer } from '../testing/RawPeer.ts';

let layer: SipTransportLayer;
let clock: FakeClock;
let peer: RawPeer;
let route: SipRoute;

async function setUp(transport: 'udp' | 'tcp'): Promise<void> {
  ({ layer, clock } = await makeLayer());
  peer = transport === 'udp' ? await RawPeer.udp() : await RawPeer.tcp();
  route = await layer.resolve({ transport, host: '127.0.0.1', port: peer.port });
}

afterEach(async () => {
  await layer.close();
  await peer.close();
});

function request(method: string): SipRequest {
  return createRequest({
    method,
    uri: `sip:+12025550100@127.0.0.1:${peer.port}`,
    from: '<sip:us@127.0.0.1>;tag=ours',
    to: '<sip:+12025550100@127.0.0.1>',
    callId: 'call-1',
    cseq: 7,
    headers: [['Contact', '<sip:us@127.0.0.1>']],
  });
}

function record(transaction: ClientTransaction): string[] {
  const seen: string[] = [];
  transaction.on('response', (response) => seen.push(String(response.status)));
  transaction.on('timedOut', () => seen.push('timedOut'));
  transaction.on('transportFailed', () => seen.push('transportFailed'));
  transaction.on('terminated', () => seen.push('terminated'));
  return seen;
}

const settled = (transaction: ClientTransaction) =>
  new Promise<void>((resolve) => {
    transaction.once('response', () => resolve());
    transaction.once('terminated', () => resolve());
  });

const ackOf = (invite: SipRequest, tag: string) =>
  createRequest({
    method: 'ACK',
    uri: invite.uri,
    from: invite.headers.get('From') ?? '',
    to: `${invite.headers.get('To')};tag=${tag}`,
    callId: 'call-1',
    cseq: 7,
  });

describe('client transactions over UDP', () => {
  test('an INVITE without answer goes out seven times, T1 doubling, and times out after 64*T1', async () => {
    await setUp('udp');
    const transaction = layer.send(request('INVITE'), route);
    const seen = record(transaction);
    clock.advance(31_999);
    await peer.until(() => peer.requests('INVITE').length === 7);
    expect(seen).toEqual([]);
    clock.advance(1);
    expect(seen).toEqual(['timedOut', 'terminated']);
    expect(layer.holdings()).toMatchObject({ clientTransactions: 0, timers: 0 });
    expect(layer.counters().retransmissionsOut).toBe(6);
    expect(new Set(peer.requests('INVITE').map((item) => item.headers.get('Via'))).size).toBe(1);
  });

  test('an OPTIONS without answer is repeated T1 doubling to T2, eleven times in all', async () => {
    await setUp('udp');
    const seen = record(layer.send(request('OPTIONS'), route));
    clock.advance(32_000);
    await peer.until(() => peer.requests('OPTIONS').length === 11);
    expect(seen).toEqual(['timedOut', 'terminated']);
    expect(layer.holdings().timers).toBe(0);
  });

  test('a provisional answer stops the INVITE, and a repeated failure is acknowledged again', async () => {
    await setUp('udp');
    const transaction = layer.send(request('INVITE'), route);
    const seen = record(transaction);
    const { request: invite, reply } = await peer.request('INVITE');
    reply(serializeMessage(createResponse(invite, { status: 100 })));
    await settled(transaction);
    clock.advance(60_000);
    const busy = serializeMessage(createResponse(invite, { status: 486, toTag: 'far' }));
    reply(busy);
    reply(busy);
    await peer.until(() => peer.requests('ACK').length === 2);
    expect(peer.requests('INVITE')).toHaveLength(1);
    expect(seen).toEqual(['100', '486']);
    const [ack] = peer.requests('ACK');
    expect(ack?.headers.get('Via')).toBe(invite.headers.get('Via'));
    expect(ack?.headers.get('To')).toContain('tag=far');
    expect(ack?.headers.get('CSeq')).toBe('7 ACK');
    clock.advance(32_000);
    expect(seen.at(-1)).toBe('terminated');
    expect(layer.holdings()).toMatchObject({ clientTransactions: 0, timers: 0 });
  });

  test('a repeated 200 gets the same ACK again for 64*T1, and a fork is told to the owner', async () => {
    await setUp('udp');
    const transaction = layer.send(request('INVITE'), route);
    const seen = record(transaction);
    transaction.on('response', (response) => {
      const tag = /tag=(\w+)/.exec(response.headers.get('To') ?? '')?.[1] ?? '';
      transaction.acknowledge(ackOf(transaction.request, tag));
    });
    const { request: invite, reply } = await peer.request('INVITE');
    for (const toTag of ['one', 'one', 'two', 'one', 'two']) {
      reply(serializeMessage(createResponse(invite, { status: 200, toTag })));
    }
    await peer.until(() => peer.requests('ACK').length === 5);
    expect(seen).toEqual(['200', '200']);
    const branches = peer.requests('ACK').map((ack) => ack.headers.get('Via'));
    expect(new Set(branches).size).toBe(2);
    expect(branches).not.toContain(invite.headers.get('Via'));
    clock.advance(31_999);
    expect(seen).not.toContain('terminated');
    clock.advance(1);
    expect(seen.at(-1)).toBe('terminated');
    expect(layer.holdings()).toMatchObject({ clientTransactions: 0, timers: 0 });
  });

  test('CANCEL waits for the first provisional answer and then carries the branch of its INVITE', async () => {
    await setUp('udp');
    const transaction = layer.send(request('INVITE'), route);
    const { request: invite, reply } = await peer.request('INVITE');
    transaction.cancel('SIP;cause=200');
    expect(peer.requests('CANCEL')).toEqual([]);
    reply(serializeMessage(createResponse(invite, { status: 180, toTag: 'far' })));
    const { request: cancel } = await peer.request('CANCEL');
    expect(cancel.headers.get('Via')).toBe(invite.headers.get('Via'));
    expect(cancel.headers.get('CSeq')).toBe('7 CANCEL');
    expect(cancel.headers.get('Reason')).toBe('SIP;cause=200');
  });

  test('a cancelled INVITE that never gets its final answer ends 64*T1 after the CANCEL', async () => {
    await setUp('udp');
    const transaction = layer.send(request('INVITE'), route);
    const seen = record(transaction);
    const { request: invite, reply } = await peer.request('INVITE');
    reply(serializeMessage(createResponse(invite, { status: 180, toTag: 'far' })));
    await settled(transaction);
    transaction.cancel();
    clock.advance(32_000);
    expect(seen).toEqual(['180', 'timedOut', 'terminated']);
    expect(layer.holdings()).toMatchObject({ clientTransactions: 0, timers: 0 });
  });

  test('the Via names our port, asks for rport and has a branch of 128 random bits', async () => {
    await setUp('udp');
    for (let index = 0; index < 3; index += 1) layer.send(request('OPTIONS'), route);
    await peer.until(() => peer.requests('OPTIONS').length === 3);
    const vias = peer.requests('OPTIONS').map((item) => parseVia(item.headers.get('Via') ?? ''));
    expect(new Set(vias.map((via) => via?.params.get('branch'))).size).toBe(3);
    for (const via of vias) {
      expect(via?.params.get('branch')).toMatch(/^z9hG4bK[0-9a-f]{32}$/);
      expect(via?.params.has('rport')).toBe(true);
      expect(via?.port).toBe(route.local.port);
    }
  });

  test('a response that belongs to nothing is reported and harms nothing', async () => {
    await setUp('udp');
    const stray = new Promise((resolve) => layer.once('strayResponse', resolve));
    const udpPort = route.local.port;
    const forged = createResponse(request('OPTIONS'), { status: 200, toTag: 'x' });
    forged.headers.prepend('Via', 'SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKnone');
    peer.sendUdp(serializeMessage(forged), udpPort);
    await expect(stray).resolves.toMatchObject({ status: 200 });
  });
});

describe('client transactions over TCP', () => {
  test('nothing is repeated, the timeout stays, and a final answer leaves nothing behind', async () => {
    await setUp('tcp');
    const transaction = layer.send(request('OPTIONS'), route);
    const seen = record(transaction);
    const { request: options, reply } = await peer.request('OPTIONS');
    clock.advance(31_000);
    reply(serializeMessage(createResponse(options, { status: 200, toTag: 'far' })));
    await settled(transaction);
    expect(seen).toEqual(['200', 'terminated']);
    expect(peer.requests('OPTIONS')).toHaveLength(1);
    expect(layer.holdings()).toMatchObject({ clientTransactions: 0, timers: 0, connections: 1 });
  });

  test('a refused connection is a transport failure at once, not a timeout', async () => {
    await setUp('tcp');
    await peer.close();
    const transaction = layer.send(request('INVITE'), route);
    const failed = new Promise<{ reason: string }>((resolve) => transaction.once('transportFailed', resolve));
    await expect(failed).resolves.toEqual({ reason: 'the connection was refused' });
    expect(layer.holdings()).toMatchObject({ clientTransactions: 0, timers: 0, connections: 0 });
    peer = await RawPeer.tcp();
  });

  test('a kept connection that the peer has closed is made anew and the request sent again', async () => {
    await setUp('tcp');
    await layer.connect(route);
    const transaction = layer.send(request('OPTIONS'), route);
    await peer.request('OPTIONS');
    peer.dropConnections();
    const { request: again, reply } = await peer.request('OPTIONS', 2);
    reply(serializeMessage(createResponse(again, { status: 200, toTag: 'far' })));
    await settled(transaction);
    expect(transaction.hasFinal).toBe(true);
  });

  test('a response is taken from another connection, which the peer opened to us', async () => {
    await setUp('tcp');
    const transaction = layer.send(request('OPTIONS'), route);
    const { request: options } = await peer.request('OPTIONS');
    const write = await peer.connectTo(route.local.port);
    write(serializeMessage(createResponse(options, { status: 200, toTag: 'far' })));
    await settled(transaction);
    expect(transaction.hasFinal).toBe(true);
  });

  test('a name without address and a family without listener are refused with a sentence', async () => {
    await setUp('tcp');
    await expect(layer.resolve({ transport: 'udp', host: 'gateway.invalid', port: 5060 })).rejects.toThrow(
      'the name gateway.invalid has no address',
    );
    await expect(layer.resolve({ transport: 'udp', host: '::1', port: 5060 })).rejects.toThrow(
      'no udp listener for IPv6',
    );
  });
});

test.each(['udp', 'tcp'] as const)(
  'what is sent by %s after the layer was closed fails and holds nothing',
  async (transport) => {
    await setUp(transport);
    await layer.close();
    const transaction = layer.send(request('INVITE'), route);
    const failed = new Promise<{ reason: string }>((resolve) => transaction.once('transportFailed', resolve));
    await expect(failed).resolves.toEqual({ reason: 'the stack is closed' });
    expect(layer.holdings()).toEqual({ clientTransactions: 0, serverTransactions: 0, connections: 0, timers: 0 });
  },
);
