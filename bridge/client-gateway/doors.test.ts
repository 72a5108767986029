import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpApp } from '../admin-api/index.ts';
import { administrationFixture } from '../administration/testing/administrationFixture.ts';
import {
  AccessTokens,
  AddressBook,
  type Brands,
  type CallServerEntry,
  CallServerHeartbeat,
  LoadBalancer,
  PasswordHasher,
  RefreshSessions,
  Sessions,
  SignInLinks,
  signInUrl,
  Users,
  userSeedSchema,
} from '../front-end-server/index.ts';
import { openBrands } from '../front-end-server/testing/openBrands.ts';
import { systemClock } from '../observability/index.ts';
import { RecordingLogger } from '../observability/RecordingLogger.ts';
import { MemoryCollection } from '../storage/memory/index.ts';
import { ClientGateway } from './ClientGateway.ts';
import { FakeCallServer, sdp } from './testing/gatewayFixture.ts';

/** The real HTTP door and the real client gateway on one port, as the bridge runs them; only the call server is a fake. */
describe('a person at the doors', () => {
  const logger = new RecordingLogger();
  const clock = systemClock;
  const callServerId = 'main' as ConstructorParameters<typeof ClientGateway>[1]['callServerId'];
  let server: Server;
  let origin: string;
  let sessions: Sessions;
  let signInLinks: SignInLinks;
  let users: Users;
  let gateway: ClientGateway;
  let brands: Brands;
  let heartbeat: CallServerHeartbeat;
  let callServer: FakeCallServer;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    const common = { clock, newId: randomUUID, randomBytes };
    const callServers = new MemoryCollection<CallServerEntry>();
    const self = { id: callServerId, url: null, region: 'default', capacity: null };
    const accessTokens = new AccessTokens({
      endedFamilies: new MemoryCollection(),
      ...common,
      secret: randomBytes(32),
      ttlMs: 600_000,
    });
    brands = await openBrands({ clock, logger });
    const hasher = await PasswordHasher.create();
    users = new Users({ ...common, users: new MemoryCollection(), userNames: new MemoryCollection(), hasher });
    signInLinks = new SignInLinks({ ...common, links: new MemoryCollection(), ttlMs: 60_000 });
    heartbeat = await CallServerHeartbeat.create({ callServers, self, activeCalls: () => 0, clock, logger });
    sessions = new Sessions({
      users,
      accessTokens,
      refreshSessions: new RefreshSessions({ ...common, sessions: new MemoryCollection(), ttlMs: 3_600_000 }),
      signInLinks,
      loadBalancer: new LoadBalancer({ callServers, clock }),
      brands,
      clock,
      logger,
    });
    const store = { createIfAbsent: async () => true, list: async () => [], get: async () => undefined };
    const contacts = new AddressBook({
      ...common,
      store: { ...store, update: async (_user, _contact, change) => change(undefined) },
      normaliseNumber: (text) => text,
      starterContacts: [],
    });
    const history = { page: async () => ({ entries: [], nextCursor: null }), detail: async () => undefined };
    server = createServer(
      createHttpApp({
        sessions,
        accessTokens,
        brands,
        actors: administrationFixture().actors,
        administration: null,
        brandAssets: { get: async () => undefined },
        contacts,
        history,
        readiness: () => ({ checks: {} }),
        holdings: async () => ({}),
        logger,
        randomBytes,
        clientDir: 'nowhere',
        publicOrigin: null,
        trustProxy: false,
      }),
    );
    callServer = new FakeCallServer();
    gateway = new ClientGateway(
      { httpServer: server, callServer, accessTokens, brands, clock, logger },
      { callServerId, reconnectWindowMs: 30_000 },
    );
    sessions.events.on('signedOut', ({ familyId }) => gateway.closeSession(familyId));
    contacts.events.on('changed', ({ userId }) => gateway.notifyUser(userId, 'contacts:changed'));
    await new Promise<void>((resolve) => server.listen(0, '::1', resolve));
    origin = `http://[::1]:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.disconnect();
    await gateway.close();
    await heartbeat.close();
    sessions.close();
    brands.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  async function send(method: string, path: string, headers: Record<string, string>, body?: object): Promise<Response> {
    return fetch(`${origin}/api/v1${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', 'X-Dialbridge': '1', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  async function hello(url: string, accessToken: string): Promise<Socket> {
    const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false });
    sockets.push(socket);
    const answer = await socket.emitWithAck('session:hello', {
      messageId: randomUUID(),
      protocolVersion: 1,
      accessToken,
      deviceId: 'tab-1',
      client: { name: 'test', version: '1' },
    });
    expect(answer).toMatchObject({ ok: true, data: { user: { userName: 'operator', role: 'operator' } } });
    return socket;
  }

  it('comes in over IPv6 by password, dials, hears of a changed contact, continues, and is gone after signing out', async () => {
    const first = await users.createFirstOperator();
    const signedIn = await send('POST', '/session', {}, { userName: 'Operator', password: first?.password ?? '' });
    expect(signedIn.status).toBe(200);
    const grant = await signedIn.json();
    expect(grant.callServer).toEqual({ id: 'main', url: origin });
    const socket = await hello(grant.callServer.url, grant.accessToken);
    const dial = { messageId: randomUUID(), callId: 'call-1', destination: '+12025550123', offer: sdp };
    expect(await socket.emitWithAck('call:dial', dial)).toMatchObject({ ok: true, data: { answer: sdp } });

    const changed = new Promise<void>((resolve) => socket.once('contacts:changed', () => resolve()));
    const bearer = { Authorization: `Bearer ${grant.accessToken}` };
    const contact = { name: 'Bob', numbers: [{ number: '+12025550123', label: 'work' }] };
    expect((await send('POST', '/contacts', bearer, contact)).status).toBe(201);
    await changed;

    const cookie = (signedIn.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    const refreshed = await send('POST', '/session/refresh', { Cookie: cookie });
    expect(refreshed.status).toBe(200);
    const next = (refreshed.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    expect(next).not.toBe(cookie);

    const gone = new Promise<string>((resolve) => socket.once('disconnect', resolve));
    expect((await send('DELETE', '/session', { Cookie: next })).status).toBe(204);
    expect(await gone).toBe('io server disconnect');
    expect((await send('POST', '/session/refresh', { Cookie: next })).status).toBe(401);
    expect(callServer.asked.map(([verb]) => verb)).toEqual(['attach', 'dial', 'release', 'detach']);
  });

  it('comes in by a link, once', async () => {
    const operator = await users.add(
      userSeedSchema.parse({ userName: 'operator', password: 'a long password', role: 'operator' }),
    );
    const link = signInUrl(origin, await signInLinks.create(operator.id));
    const signInToken = new URL(link).hash.replace('#sign-in=', '');
    const signedIn = await send('POST', '/session', {}, { signInToken });
    const { accessToken } = await signedIn.json();
    await hello(origin, accessToken);
    const again = await send('POST', '/session', {}, { signInToken });
    expect(again.status).toBe(401);
    expect(await again.json()).toMatchObject({ error: { code: 'signInLinkUsed' } });
  });
});
