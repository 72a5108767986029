import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createTcpServer } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../observability/index.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import {
  createDialogRequest,
  createRequest,
  dialogOfUac,
  parseVia,
  type SipRequest,
  serializeMessage,
} from '../message/index.ts';
import type { IncomingSipCall, SipPeer, SipTls } from '../port/index.ts';
import { Authority, HAS_OPENSSL, type Pair } from '../transport/testing/Authority.ts';
import { RawPeer } from '../transport/testing/RawPeer.ts';
import { createJsSipStack } from './createJsSipStack.ts';
import type { JsSipStack } from './JsSipStack.ts';
import { ANSWER, answer, OFFER } from './testing/makeStack.ts';

describe.skipIf(!HAS_OPENSSL)('TLS', () => {
  let authority: Authority;
  let good: Pair;
  let ours: Pair;
  let stack: JsSipStack;
  let peer: RawPeer | null;

  beforeAll(async () => {
    authority = await Authority.create();
    good = await authority.issue({ names: 'DNS:gw.example' });
    ours = await authority.issue({ names: 'DNS:bridge.example' });
  });
  afterAll(() => authority.close());

  beforeEach(async () => {
    peer = null;
    stack = await createJsSipStack(
      {
        ...{ clock: systemClock, logger: new RecordingLogger(), randomBytes },
        // Every name of these tests is this machine.
        lookup: async () => [{ address: '127.0.0.1', family: 4 }],
        dns: {
          naptr: async () => ({ records: [], ttlMs: null }),
          srv: async () => ({ records: [], ttlMs: null }),
          a: async () => ({ records: ['127.0.0.1'], ttlMs: 60_000 }),
          aaaa: async () => ({ records: [], ttlMs: null }),
        },
      },
      { listen: [{ transport: 'tls', host: '127.0.0.1', port: 0 }], tls: ours, userAgent: 'Dialbridge' },
    );
  });
  afterEach(async () => {
    await stack.close();
    await peer?.close();
  });

  const gatewayAt = (port: number, more: { host?: string; id?: string; tls?: Partial<SipTls> } = {}): SipPeer => ({
    id: more.id ?? 'gw1',
    addresses: [{ host: more.host ?? 'gw.example', port, transport: 'tls' }],
    domain: 'gw.example',
    tls: { isVerified: true, ca: authority.certificate, ...more.tls },
  });

  async function listenWith(pair: Pair, more: object = {}): Promise<RawPeer> {
    peer = await RawPeer.tls({ cert: pair.certificate, key: pair.privateKey, ...more });
    peer.onMessage = (message, reply) => {
      if (message.kind === 'request' && message.method !== 'ACK') {
        reply(answer(gateway, message, { status: 200, sdp: message.method === 'INVITE' ? ANSWER : null }));
      }
    };
    const gateway = peer;
    return peer;
  }

  const probe = (gateway: SipPeer) => stack.probe(gateway, { timeoutMs: 5000 });

  test('carries a call, says so in Via and Contact, asks for the server by name, and keeps its connection', async () => {
    const { port } = await listenWith(good);
    expect(await probe(gatewayAt(port))).toMatchObject({ isReachable: true, status: 200 });
    const call = stack.invite({
      ...{ callId: 'call-1', peer: gatewayAt(port), calledNumber: '+12025550100', from: { user: 'us' }, offer: OFFER },
      onRemoteOffer: async () => ANSWER,
    });
    await new Promise((resolve, reject) => {
      call.on('answered', resolve);
      call.on('failed', reject);
    });
    const { request } = await (peer as RawPeer).request('INVITE');
    expect(parseVia(request.headers.get('Via') ?? '')).toMatchObject({
      transport: 'TLS',
      port: stack.listeners[0]?.port,
    });
    expect(request.headers.get('Contact')).toBe(`<sip:bridge@127.0.0.1:${stack.listeners[0]?.port};transport=tls>`);
    const ended = new Promise((resolve) => call.on('ended', resolve));
    call.bye();
    expect(await ended).toEqual({ by: 'local', status: 200 });
    expect(peer?.serverNames).toEqual(['gw.example']);
    expect(stack.holdings().connections).toBe(1);
  });

  test('tells in plain words why a certificate is not believed, in probes and calls', async () => {
    const { port } = await listenWith(good);
    const problemOf = async (more: Parameters<typeof gatewayAt>[1]) => (await probe(gatewayAt(port, more))).problem;
    expect(await problemOf({ host: 'other.example', id: 'a' })).toBe(
      'the certificate is for gw.example, not for other.example',
    );
    expect(await problemOf({ host: '127.0.0.1', id: 'b' })).toBe(
      'the certificate is for nobody by name, not for 127.0.0.1',
    );
    const { ca: _none, ...publicOnly } = { isVerified: true, ca: undefined };
    const gateway = { ...gatewayAt(port, { id: 'c' }), tls: publicOnly };
    expect((await probe(gateway)).problem).toBe('the certificate comes from an authority that is not trusted');
    const call = stack.invite({
      ...{ callId: 'call-1', peer: gateway, calledNumber: '1', from: { user: 'us' }, offer: OFFER },
      onRemoteOffer: async () => ANSWER,
    });
    expect(await new Promise((resolve) => call.on('failed', resolve))).toEqual({
      kind: 'transport',
      reason: 'the certificate comes from an authority that is not trusted',
    });
  });

  test('tells an expired certificate, and one that is signed by itself', async () => {
    const { port } = await listenWith(await authority.issue({ names: 'DNS:gw.example', days: -1 }));
    expect((await probe(gatewayAt(port))).problem).toBe('the certificate has expired');
    const other = await Authority.create();
    await peer?.close();
    const foreign = await listenWith(await other.issue({ names: 'DNS:gw.example' }));
    await other.close();
    expect((await probe(gatewayAt(foreign.port, { id: 'gw2' }))).problem).toBe(
      'the certificate comes from an authority that is not trusted',
    );
  });

  test('believes another name where the operator says so, and anything where nothing is checked', async () => {
    const { port } = await listenWith(good);
    const host = '127.0.0.1';
    expect(await probe(gatewayAt(port, { host, tls: { serverName: 'gw.example' } }))).toMatchObject({ status: 200 });
    const { ca: _ca, ...unchecked } = { isVerified: false, ca: undefined };
    expect(await probe({ ...gatewayAt(port, { host, id: 'gw2' }), tls: unchecked })).toMatchObject({ status: 200 });
    // No server name is asked for by address.
    expect(peer?.serverNames).toEqual(['gw.example']);
  });

  test('is never shared between gateways of different identities at the same place', async () => {
    const { port } = await listenWith(good);
    await probe(gatewayAt(port));
    await probe(gatewayAt(port, { id: 'gw2' }));
    expect(peer?.connectionCount).toBe(1);
    await probe(gatewayAt(port, { id: 'gw3', tls: { certificate: ours.certificate, privateKey: ours.privateKey } }));
    expect(peer?.connectionCount).toBe(2);
    expect((await probe(gatewayAt(port, { id: 'gw4', host: 'other.example' }))).isReachable).toBe(false);
  });

  test('shows a certificate of our own where the gateway wants one', async () => {
    const { port } = await listenWith(good, { requestCert: true, rejectUnauthorized: true, ca: authority.certificate });
    const withOurs = { certificate: ours.certificate, privateKey: ours.privateKey };
    expect(await probe(gatewayAt(port, { tls: withOurs }))).toMatchObject({ status: 200 });
    expect((await probe(gatewayAt(port, { id: 'gw2' }))).problem).toBe('the other side wants a certificate of ours');
  });

  test('says so where the certificate is unreadable, or its key is another', async () => {
    const { port } = await listenWith(good);
    const torn = '-----BEGIN CERTIFICATE-----\nnothing\n-----END CERTIFICATE-----';
    expect((await probe(gatewayAt(port, { tls: { certificate: torn, privateKey: ours.privateKey } }))).problem).toBe(
      'the certificates or the private key for the gateway can’t be read',
    );
    const mixed = { certificate: ours.certificate, privateKey: good.privateKey };
    expect((await probe(gatewayAt(port, { id: 'gw2', tls: mixed }))).problem).toBe(
      'our certificate and private key for the gateway don’t belong together',
    );
  });

  test('speaks nothing older than 1.2, and tells a place that doesn’t speak TLS at all', async () => {
    const old = await listenWith(good, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
    expect((await probe(gatewayAt(old.port))).problem).toBe('the other side speaks no TLS 1.2 or newer');
    const plain = createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.resume();
      socket.end('SIP/2.0 400 Bad Request\r\n\r\n');
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const { port } = plain.address() as { port: number };
    expect((await probe(gatewayAt(port, { id: 'gw2' }))).problem).toBe('the other side does not speak TLS');
    await new Promise((resolve) => plain.close(resolve));
    expect((await probe(gatewayAt(port, { id: 'gw3' }))).problem).toBe('the connection was refused');
  });

  test('is taken from gateways too, and answered over their connection', async () => {
    peer = await RawPeer.tcp();
    stack.setPeers([gatewayAt(1)]);
    await stack.locate(gatewayAt(1));
    const write = await peer.connectTlsTo(stack.listeners[0]?.port ?? 0, {
      ...{ ca: authority.certificate, servername: 'bridge.example' },
    });
    const request = createRequest({
      ...{ method: 'OPTIONS', uri: 'sip:us@bridge.example', callId: 'ping', cseq: 1 },
      ...{ from: '<sip:gw@gw.example>;tag=1', to: '<sip:us@bridge.example>' },
    });
    request.headers.prepend('Via', 'SIP/2.0/TLS gw.example:5061;branch=z9hG4bKx;rport');
    write(serializeMessage(request));
    await peer.until(() => peer?.responses(200).length === 1);
    expect(parseVia(peer.responses(200)[0]?.headers.get('Via') ?? '')?.params.get('received')).toBe('127.0.0.1');
  });

  test('carries a call from a gateway, whose BYE goes by a connection of our own that showed its certificate', async () => {
    const gateway = await listenWith(good);
    const known = { ...gatewayAt(gateway.port), incoming: { addresses: [] } };
    stack.setPeers([known]);
    await stack.locate(known);
    const called = once(stack.events, 'incomingCall');
    const write = await gateway.connectTlsTo(stack.listeners[0]?.port ?? 0, {
      ...{ ca: authority.certificate, servername: 'bridge.example' },
    });
    const send = (request: SipRequest) => {
      request.headers.prepend('Via', `SIP/2.0/TLS gw.example:5061;branch=z9hG4bK${request.method};rport`);
      write(serializeMessage(request));
    };
    const invite = createRequest({
      ...{ method: 'INVITE', uri: 'sip:+12025550199@bridge.example', callId: 'in', cseq: 1 },
      ...{ from: '<sip:gw@gw.example>;tag=1', to: '<sip:us@bridge.example>' },
      headers: [['Contact', `<sip:gw@127.0.0.1:${gateway.port};transport=tls>`]],
      body: { type: 'application/sdp', text: OFFER },
    });
    send(invite);
    const [call] = (await called) as [IncomingSipCall];
    expect(call).toMatchObject({ peerId: 'gw1', source: { transport: 'tls', address: '127.0.0.1' } });
    call.answer(ANSWER, { onRemoteOffer: async () => ANSWER });
    await gateway.until(() => gateway.responses(200).length === 1);
    const [ok] = gateway.responses(200);
    const dialog = ok === undefined ? null : dialogOfUac(ok);
    if (dialog === null) throw new Error('no dialog');
    expect(dialog.remoteTarget).toContain(';transport=tls');
    const confirmed = once(call, 'confirmed');
    send(createDialogRequest(dialog, { method: 'ACK', cseq: 1 }));
    await confirmed;
    call.bye();
    expect((await once(call, 'ended'))[0]).toEqual({ by: 'local', status: 200 });
    expect(gateway.connectionCount).toBe(2);
  });
});
