import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpApp } from '../admin-api/index.ts';
import { administrationFixture } from '../administration/testing/administrationFixture.ts';
import { AddressBook, signInUrl, userSeedSchema } from '../front-end-server/index.ts';
import { makeEmbedKey, makeSigningKey, openDoors } from '../front-end-server/testing/openDoors.ts';
import { FakeClock } from '../observability/FakeClock.ts';
import { RecordingLogger } from '../observability/RecordingLogger.ts';
import { ClientGateway } from './ClientGateway.ts';
import { FakeCallServer, sdp } from './testing/gatewayFixture.ts';

/** The real HTTP door and the real client gateway on one port, as the bridge runs them; only the call server is a fake. */
describe('a person at the doors', () => {
  const callServerId = 'main' as ConstructorParameters<typeof ClientGateway>[1]['callServerId'];
  let clock: FakeClock;
  let doors: Awaited<ReturnType<typeof openDoors>>;
  let server: Server;
  let origin: string;
  let gateway: ClientGateway;
  let callServer: FakeCallServer;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    clock = new FakeClock();
    const logger = new RecordingLogger();
    doors = await openDoors({ clock, logger });
    const { accessTokens, brands, pageOrigins, revocations, sessions } = doors;
    const common = { clock, newId: randomUUID, randomBytes };
    const store = { createIfAbsent: async () => true, list: async () => [], get: async () => undefined };
    const contacts = new AddressBook({
      ...common,
      store: { ...store, update: async (_user, _contact, change) => change(undefined) },
      normaliseNumber: (text) => text,
      starterContacts: [],
    });
    const history = {
      page: async () => ({ entries: [], nextCursor: null }),
      markSeen: async () => ({ count: 0, seenUntilMs: 0 }),
      detail: async () => undefined,
    };
    const { actors, administration } = administrationFixture();
    server = createServer(
      createHttpApp({
        sessions,
        accessTokens,
        brands,
        actors,
        administration,
        version: '0.0.0',
        brandAssets: { get: async () => undefined },
        pageOrigins,
        contacts,
        history,
        readiness: () => ({ checks: {} }),
        holdings: async () => ({}),
        metrics: { token: null, contentType: 'text/plain', text: async () => '' },
        logger,
        randomBytes,
        clientDir: 'nowhere',
        publicOrigin: null,
        trustProxy: false,
      }),
    );
    callServer = new FakeCallServer();
    gateway = new ClientGateway(
      {
        httpServer: server,
        callServer,
        accessTokens,
        revocations,
        brands,
        pageOrigins,
        callerNumbersOf: async () => [],
        clock,
        logger,
      },
      { callServerId, reconnectWindowMs: 30_000 },
    );
    contacts.events.on('changed', ({ userId }) => gateway.notifyUser(userId, 'contacts:changed'));
    await new Promise<void>((resolve) => server.listen(0, '::1', resolve));
    origin = `http://[::1]:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.disconnect();
    await gateway.close();
    doors.close();
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

  const hello = (socket: Socket, accessToken: string) =>
    socket.emitWithAck('session:hello', {
      messageId: randomUUID(),
      protocolVersion: 1,
      accessToken,
      deviceId: randomUUID(),
      client: { name: 'test', version: '1' },
    });

  async function enter(url: string, accessToken: string, page?: string): Promise<Socket> {
    const extraHeaders = page === undefined ? {} : { Origin: page };
    const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders });
    sockets.push(socket);
    expect(await hello(socket, accessToken)).toMatchObject({ ok: true });
    return socket;
  }

  const gone = (socket: Socket) => new Promise<string>((resolve) => socket.once('disconnect', resolve));
  const cookieOf = (response: Response) => (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  const dial = () => ({ messageId: randomUUID(), callId: randomUUID(), destination: '+12025550123', offer: sdp });
  const alice = { userName: 'alice', password: 'a long password' };

  it('comes in over IPv6 by password, dials, hears of a changed contact, continues, and is gone after signing out', async () => {
    const first = await doors.users.createFirstOperator();
    const signedIn = await send('POST', '/session', {}, { userName: 'Operator', password: first?.password ?? '' });
    expect(signedIn.status).toBe(200);
    const grant = await signedIn.json();
    expect(grant.callServer).toEqual({ id: 'main', url: origin });
    const socket = await enter(grant.callServer.url, grant.accessToken);
    expect(await socket.emitWithAck('call:dial', dial())).toMatchObject({ ok: true, data: { answer: sdp } });

    const changed = new Promise<void>((resolve) => socket.once('contacts:changed', () => resolve()));
    const bearer = { Authorization: `Bearer ${grant.accessToken}` };
    const contact = { name: 'Bob', numbers: [{ number: '+12025550123', label: 'work' }] };
    expect((await send('POST', '/contacts', bearer, contact)).status).toBe(201);
    await changed;

    const cookie = cookieOf(signedIn);
    const refreshed = await send('POST', '/session/refresh', { Cookie: cookie });
    expect(refreshed.status).toBe(200);
    const next = cookieOf(refreshed);
    expect(next).not.toBe(cookie);

    const left = gone(socket);
    expect((await send('DELETE', '/session', { Cookie: next })).status).toBe(204);
    expect(await left).toBe('io server disconnect');
    expect((await send('POST', '/session/refresh', { Cookie: next })).status).toBe(401);
    expect(callServer.asked.map(([verb]) => verb)).toEqual(['attach', 'dial', 'release', 'detach']);
  });

  it('comes in by a link, once', async () => {
    const operator = await doors.users.add(
      userSeedSchema.parse({ userName: 'operator', password: 'a long password', role: 'operator' }),
    );
    const link = signInUrl(origin, await doors.signInLinks.create(operator.id));
    const signInToken = new URL(link).hash.replace('#sign-in=', '');
    const signedIn = await send('POST', '/session', {}, { signInToken });
    const { accessToken } = await signedIn.json();
    await enter(origin, accessToken);
    const again = await send('POST', '/session', {}, { signInToken });
    expect(again.status).toBe(401);
    expect(await again.json()).toMatchObject({ error: { code: 'signInLinkUsed' } });
  });

  it('goes on through a change of the keys: with the connection, the cookie and the token that are there', async () => {
    await doors.users.add(userSeedSchema.parse(alice));
    const signedIn = await send('POST', '/session', {}, alice);
    const { accessToken } = await signedIn.json();
    const socket = await enter(origin, accessToken);
    await doors.keyRing.rotate();
    await clock.advanceAsync(3000);
    expect(doors.keyRing.current.id).not.toBe('initial');
    await enter(origin, accessToken);
    const refreshed = await send('POST', '/session/refresh', { Cookie: cookieOf(signedIn) });
    const next = await refreshed.json();
    const renewal = { messageId: randomUUID(), accessToken: next.accessToken };
    expect(await socket.emitWithAck('session:refresh', renewal)).toMatchObject({ ok: true });
    await enter(origin, next.accessToken);
    expect(await socket.emitWithAck('call:dial', dial())).toMatchObject({ ok: true });
  });

  it('signs out everywhere: each device is told why and let go, and comes back by the password alone', async () => {
    await doors.users.add(userSeedSchema.parse(alice));
    const signedIn = await Promise.all([1, 2].map(() => send('POST', '/session', {}, alice)));
    const grants = await Promise.all(signedIn.map((response) => response.json()));
    const devices = await Promise.all(grants.map(({ accessToken }) => enter(origin, accessToken)));
    const told = devices.map((socket) => new Promise((resolve) => socket.once('session:ended', resolve)));
    const left = devices.map(gone);
    const bearer = { Authorization: `Bearer ${grants[0].accessToken}` };
    const answer = await send('POST', '/session/sign-out-everywhere', bearer);
    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie()[0]).toContain('Expires=Thu, 01 Jan 1970');
    for (const what of await Promise.all(told)) expect(what).toMatchObject({ error: { code: 'signedOutEverywhere' } });
    expect(await Promise.all(left)).toEqual(['io server disconnect', 'io server disconnect']);
    expect(callServer.asked.filter(([verb]) => verb === 'release')).toHaveLength(2);
    for (const response of signedIn)
      expect((await send('POST', '/session/refresh', { Cookie: cookieOf(response) })).status).toBe(401);
    expect((await send('GET', '/contacts', bearer)).status).toBe(401);
    clock.advance(1);
    const { accessToken } = await (await send('POST', '/session', {}, alice)).json();
    await enter(origin, accessToken);
  });

  it('comes as an anonymous visitor of a page that an embed key is for, and may call and nothing else', async () => {
    const page = 'https://shop.example';
    await doors.store.embedKeys.put(makeEmbedKey({ id: 'pk_shop-1234', origins: [page] }));
    await doors.embedKeys.reload();
    const visit = { embedKey: 'pk_shop-1234', visitorId: 'visitor-1' };
    const response = await send('POST', '/session', { Origin: page }, visit);
    expect(response.headers.get('access-control-allow-origin')).toBe(page);
    expect(response.headers.getSetCookie()).toEqual([]);
    const { accessToken, user } = await response.json();
    expect(user).toMatchObject({ role: 'visitor', displayName: 'Website visitor' });
    const socket = await enter(origin, accessToken, page);
    expect(await socket.emitWithAck('call:dial', dial())).toMatchObject({ ok: true });
    const bearer = { Authorization: `Bearer ${accessToken}` };
    for (const path of ['/contacts', '/history']) expect((await send('GET', path, bearer)).status).toBe(403);
    const ended = new Promise((resolve) => socket.once('session:ended', resolve));
    const key = makeEmbedKey({ id: 'pk_shop-1234', origins: [page], isEnabled: false });
    await doors.store.embedKeys.put(key);
    await clock.advanceAsync(500);
    expect(await ended).toMatchObject({ error: { code: 'embedKeyInvalid' } });
  });

  it('comes by a token of their own application, whose key speaks for them until it is switched off', async () => {
    const key = makeSigningKey({ id: 'crm' });
    await doors.store.signingKeys.put(key);
    await doors.signingKeys.reload();
    const seconds = Math.floor(clock.now() / 1000);
    const hostToken = await new SignJWT({ brand: 'default', name: 'Carol of the CRM' })
      .setProtectedHeader({ alg: 'HS256', kid: 'crm' })
      .setIssuer(key.issuer)
      .setAudience('dialbridge')
      .setSubject('carol')
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + 120)
      .sign(Buffer.from(key.secret ?? ''));
    const { accessToken, expiresAtMs, user } = await (await send('POST', '/session', {}, { hostToken })).json();
    expect(user).toMatchObject({ displayName: 'Carol of the CRM', userName: 'carol', role: 'user' });
    expect(expiresAtMs).toBe((seconds + 120) * 1000);
    const socket = await enter(origin, accessToken);
    const ended = new Promise((resolve) => socket.once('session:ended', resolve));
    await doors.store.signingKeys.put({ ...key, isEnabled: false });
    await clock.advanceAsync(500);
    expect(await ended).toMatchObject({ error: { code: 'tokenInvalid' } });
  });
});
