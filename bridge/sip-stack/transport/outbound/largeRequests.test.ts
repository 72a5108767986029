import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FakeClock } from '../../../observability/FakeClock.ts';
import {
  createRequest,
  createResponse,
  parseMessage,
  parseVia,
  type SipRequest,
  serializeMessage,
} from '../../message/index.ts';
import type { ClientTransaction, SipRoute, SipTransportLayer } from '../SipTransportLayer.ts';
import { makeLayer } from '../testing/makeLayer.ts';
import { RawPeer } from '../testing/RawPeer.ts';
import { MAX_DATAGRAM_BYTES, TCP_REFUSED_FOR_MS } from './LargeRequests.ts';

let layer: SipTransportLayer;
let clock: FakeClock;
let udpPort: number;
let tcpPort: number;
let tcp: RawPeer;
let udp: Socket;
let datagrams: SipRequest[];
let route: SipRoute;

const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
};
const viaOf = (request: SipRequest | undefined) => parseVia(request?.headers.get('Via') ?? '');

/** An INVITE that has this many octets with its Via, which is as long for any branch. */
function inviteOf(octets: number): SipRequest {
  const make = (body: string) =>
    createRequest({
      ...{ method: 'INVITE', uri: 'sip:x@127.0.0.1', from: '<sip:us@x>;tag=1', to: '<sip:x@x>', callId: 'c', cseq: 1 },
      body: { type: 'text/plain', text: body },
    });
  const via = `Via: SIP/2.0/UDP 127.0.0.1:${udpPort};branch=z9hG4bK${'0'.repeat(32)};rport\r\n`;
  const bare = serializeMessage(make('x'.repeat(1000))).length - 1000 + via.length;
  return make('x'.repeat(octets - bare));
}

/** A peer with one port number for both; somebody else may have the UDP port of a TCP port that is free. */
async function peerOfBoth(): Promise<{ tcp: RawPeer; udp: Socket }> {
  for (let attempt = 1; ; attempt += 1) {
    const tcp = await RawPeer.tcp();
    const udp = createSocket('udp4');
    try {
      udp.bind(tcp.port, '127.0.0.1');
      await once(udp, 'listening');
      return { tcp, udp };
    } catch (error) {
      udp.close();
      await tcp.close();
      if (attempt === 20) throw error;
    }
  }
}

beforeEach(async () => {
  ({ layer, clock, udpPort, tcpPort } = await makeLayer());
  ({ tcp, udp } = await peerOfBoth());
  datagrams = [];
  udp.on('message', (bytes) => {
    const result = parseMessage(bytes);
    if (result.ok && result.message.kind === 'request') datagrams.push(result.message);
  });
  route = await layer.resolve({ transport: 'udp', host: '127.0.0.1', port: tcp.port });
});
afterEach(async () => {
  await layer.close();
  await tcp.close();
  udp.close();
});

describe('a request for a gateway that is reached by UDP', () => {
  test('leaves by UDP with 1300 octets', async () => {
    layer.send(inviteOf(MAX_DATAGRAM_BYTES), route);
    await until(() => datagrams.length === 1);
    expect(serializeMessage(datagrams[0] as SipRequest)).toHaveLength(MAX_DATAGRAM_BYTES);
    expect(tcp.connectionCount).toBe(0);
  });

  test('leaves by TCP with one more, its Via says so, and so does its CANCEL', async () => {
    const transaction = layer.send(inviteOf(MAX_DATAGRAM_BYTES + 1), route);
    const { request, reply } = await tcp.request('INVITE');
    expect(viaOf(request)).toMatchObject({ transport: 'TCP', port: tcpPort });
    const ringing = new Promise((resolve) => transaction.once('response', resolve));
    reply(serializeMessage(createResponse(request, { status: 180, toTag: 'far' })));
    await ringing;
    transaction.cancel();
    const cancel = await tcp.request('CANCEL');
    expect(cancel.request.headers.get('Via')).toBe(request.headers.get('Via'));
    expect(datagrams).toEqual([]);
  });

  describe('that takes no TCP', () => {
    const sendLarge = (): ClientTransaction => layer.send(inviteOf(2000), route);

    test('leaves by UDP after all, its Via says so, and is repeated as UDP wants', async () => {
      await tcp.close();
      const transaction = sendLarge();
      const failures: unknown[] = [];
      transaction.on('transportFailed', (failure) => failures.push(failure));
      await until(() => datagrams.length === 1);
      expect(viaOf(datagrams[0])).toMatchObject({ transport: 'UDP', port: udpPort });
      clock.advance(500);
      await until(() => datagrams.length === 2);
      expect(datagrams[1]?.headers.get('Via')).toBe(datagrams[0]?.headers.get('Via'));
      const answered = new Promise((resolve) => transaction.once('response', resolve));
      udp.send(serializeMessage(createResponse(datagrams[0] as SipRequest, { status: 486, toTag: 'far' })), udpPort);
      await answered;
      await until(() => datagrams.at(-1)?.method === 'ACK');
      expect(viaOf(datagrams.at(-1))?.transport).toBe('UDP');
      expect(failures).toEqual([]);
      expect(layer.holdings().clientTransactions).toBe(1);
      tcp = await RawPeer.tcp();
    });

    test('is not asked again for ten minutes', async () => {
      const { port } = tcp;
      await tcp.close();
      sendLarge();
      await until(() => datagrams.length === 1);
      tcp = await RawPeer.tcp('127.0.0.1', port);
      clock.advance(TCP_REFUSED_FOR_MS - 1);
      const count = datagrams.length;
      sendLarge();
      await until(() => datagrams.length > count);
      expect(tcp.connectionCount).toBe(0);
      clock.advance(1);
      sendLarge();
      await tcp.request('INVITE');
    });

    test('and doesn’t even refuse it costs half a second', async () => {
      const nowhere = await layer.resolve({ transport: 'udp', host: '127.0.0.1', port: tcp.port });
      // A connection attempt that hangs: nothing is accepted while the event loop isn't let on.
      layer.send(inviteOf(2000), nowhere);
      clock.advance(500);
      await until(() => datagrams.length === 1);
      expect(viaOf(datagrams[0])?.transport).toBe('UDP');
    });
  });
});
