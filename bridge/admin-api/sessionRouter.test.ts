import request from 'supertest';
import { beforeEach, describe, expect, it } from 'vitest';
import { DialbridgeError, errorTextsDe } from '../../shared/errors/index.ts';
import type { Visitor } from '../front-end-server/index.ts';
import { createHttpApp } from './createHttpApp.ts';
import { bearer, FakeServices, grant, hostPage } from './testing/httpFixture.ts';

describe('/api/v1/session', () => {
  let services: FakeServices;
  let app: ReturnType<typeof createHttpApp>;
  beforeEach(() => {
    services = new FakeServices();
    app = createHttpApp(services.deps('nowhere'));
  });
  const lastAsked = () => services.asked.at(-1);

  const host = '127.0.0.1:8080';
  const credentials = { userName: 'alice', password: 'secret' };

  it('answers the grant and puts the refresh token into a cookie that scripts and other paths never see', async () => {
    const response = await request(app).post('/api/v1/session').set('Host', host).send(credentials).expect(200);
    expect(response.body).toEqual(grant);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['set-cookie']).toEqual([
      'dialbridge-refresh-8080=family.secret; Path=/api/v1/session; Expires=Tue, 01 Jan 2030 00:00:00 GMT; HttpOnly; SameSite=Strict',
    ]);
    expect(lastAsked()).toMatchObject(['signIn', credentials, { origin: 'http://127.0.0.1:8080' }]);
    expect((lastAsked() as [string, object, Visitor])[2].address).toMatch(/127\.0\.0\.1$/);
  });

  it('keeps the brackets of an IPv6 host', async () => {
    await request(app).post('/api/v1/session').set('Host', '[::1]:8080').send(credentials).expect(200);
    expect(lastAsked()).toMatchObject(['signIn', credentials, { origin: 'http://[::1]:8080' }]);
  });

  it('marks the cookie Secure where people come by HTTPS, through a proxy that is trusted', async () => {
    const behind = createHttpApp(services.deps('nowhere', { trustProxy: true }));
    const send = (server: typeof app) =>
      request(server)
        .post('/api/v1/session')
        .set({
          'X-Forwarded-Proto': 'https',
          'X-Forwarded-For': '203.0.113.9',
          'X-Forwarded-Host': 'phone.example.com',
        })
        .send(credentials);
    const trusted = await send(behind).expect(200);
    expect(trusted.headers['set-cookie']?.[0]).toMatch(/^dialbridge-refresh=.*; Secure/);
    expect(lastAsked()).toMatchObject([
      'signIn',
      credentials,
      { address: '203.0.113.9', origin: 'https://phone.example.com' },
    ]);
    expect((await send(app).expect(200)).headers['set-cookie']?.[0]).not.toContain('Secure');
    const fixed = createHttpApp(services.deps('nowhere', { publicOrigin: 'https://phone.example.com' }));
    expect((await send(fixed).expect(200)).headers['set-cookie']?.[0]).toContain('Secure');
  });

  it.each([
    [{}],
    [{ userName: 'alice' }],
    [{ userName: 'alice', password: 'x', extra: 1 }],
    [{ userName: 1, password: 'x' }],
    [{ signInToken: 'short' }],
    [[]],
  ])('refuses the body %j', async (body) => {
    const response = await request(app).post('/api/v1/session').send(body).expect(400);
    expect(response.body.error.code).toBe('badRequest');
    expect(services.asked).toEqual([]);
  });

  it('refuses a page of another site, and cookie-only requests from nobody’s page', async () => {
    const cookie = 'dialbridge-refresh-8080=family.secret';
    const evil = { Host: host, Origin: 'https://evil.example', Cookie: cookie, 'X-Dialbridge': '1' };
    await request(app).post('/api/v1/session').set(evil).send(credentials).expect(403);
    await request(app).post('/api/v1/session/refresh').set(evil).expect(403);
    await request(app).delete('/api/v1/session').set(evil).expect(403);
    await request(app).post('/api/v1/session/refresh').set({ Host: host, Cookie: cookie }).expect(403);
    await request(app).post('/api/v1/session/refresh').set({ Host: host, Origin: 'null', Cookie: cookie }).expect(403);
    expect(services.asked).toEqual([]);
  });

  it('continues and ends a session by its cookie', async () => {
    const own = { Host: host, Cookie: 'other=1; dialbridge-refresh-8080=family.secret' };
    const refreshed = await request(app)
      .post('/api/v1/session/refresh')
      .set({ ...own, 'X-Dialbridge': '1' })
      .expect(200);
    expect(refreshed.body).toEqual(grant);
    expect(lastAsked()).toMatchObject(['refresh', 'family.secret', {}]);
    const ended = await request(app)
      .delete('/api/v1/session')
      .set({ ...own, Origin: `http://${host}` })
      .expect(204);
    expect(ended.headers['set-cookie']?.[0]).toContain(
      'dialbridge-refresh-8080=; Path=/api/v1/session; Expires=Thu, 01 Jan 1970',
    );
    expect(lastAsked()).toEqual(['signOut', 'family.secret']);
  });

  it('says “please sign in” without a cookie, and takes away one that is not good any more', async () => {
    const header = { Host: host, 'X-Dialbridge': '1' };
    const bare = await request(app).post('/api/v1/session/refresh').set(header).expect(401);
    expect(bare.body.error.code).toBe('unauthenticated');
    services.failure = new DialbridgeError('sessionExpired');
    const stale = { ...header, Cookie: 'dialbridge-refresh-8080=old.secret' };
    const expired = await request(app).post('/api/v1/session/refresh').set(stale).expect(401);
    expect(expired.body.error.code).toBe('sessionExpired');
    expect(expired.headers['set-cookie']?.[0]).toContain('Expires=Thu, 01 Jan 1970');
  });

  describe('for guests of other pages', () => {
    const visit = { embedKey: 'pk_shop-1234' };
    const hostToken = { hostToken: 'x'.repeat(30) };
    const from = (origin: string) => ({ Host: host, Origin: origin });

    it.each([[visit], [hostToken]])(
      'takes %j from a page that a key is for, which may read the answer',
      async (body) => {
        const response = await request(app).post('/api/v1/session').set(from(hostPage)).send(body).expect(200, grant);
        expect(response.headers['access-control-allow-origin']).toBe(hostPage);
        expect(response.headers.vary).toContain('Origin');
        expect(response.headers).not.toHaveProperty('access-control-allow-credentials');
        expect(response.headers).not.toHaveProperty('set-cookie');
        const page = { origin: hostPage, isOwn: false };
        expect(lastAsked()).toMatchObject(['signIn', body, { page, origin: `http://${host}` }]);
      },
    );

    it('lets such a page read why it was refused, in its language, and when to come again', async () => {
      services.failure = new DialbridgeError('tooManyAttempts', { retryAfterMs: 1500 });
      const headers = { ...from(hostPage), 'Accept-Language': 'de-DE,de;q=0.9,en;q=0.8' };
      const response = await request(app).post('/api/v1/session').set(headers).send(visit).expect(429);
      expect(response.headers['access-control-allow-origin']).toBe(hostPage);
      expect(response.headers['access-control-expose-headers']).toBe('Retry-After');
      expect(response.headers['retry-after']).toBe('2');
      expect(response.body.error.message).toBe(errorTextsDe.tooManyAttempts);
    });

    it.each(['https://evil.example', 'null', `${hostPage}.evil.example`, `http://${host}`])(
      'gives the page %s nothing to read across origins, and leaves the decision to who lets people in',
      async (origin) => {
        const response = await request(app).post('/api/v1/session').set(from(origin)).send(visit).expect(200);
        expect(response.headers).not.toHaveProperty('access-control-allow-origin');
        const page = { origin, isOwn: origin === `http://${host}` };
        expect(lastAsked()).toMatchObject(['signIn', visit, { page }]);
      },
    );

    it('answers the question before (preflight) for those pages alone, and for signing in alone', async () => {
      const ask = (origin: string, path = '/api/v1/session') =>
        request(app)
          .options(path)
          .set({ ...from(origin), 'Access-Control-Request-Method': 'POST' });
      expect((await ask(hostPage).expect(204)).headers).toMatchObject({
        'access-control-allow-origin': hostPage,
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'Content-Type, X-Dialbridge',
        vary: 'Origin',
      });
      for (const origin of ['https://evil.example', 'null']) {
        const { headers } = await ask(origin).expect(204);
        expect(headers).toMatchObject({ vary: 'Origin' });
        expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
      for (const path of ['/api/v1/session/refresh', '/api/v1/contacts'])
        expect((await ask(hostPage, path)).headers).not.toHaveProperty('access-control-allow-origin');
    });

    it('takes a password from no page but ours, also not from one that a key is for', async () => {
      await request(app).post('/api/v1/session').set(from(hostPage)).send(credentials).expect(403);
      await request(app)
        .post('/api/v1/session')
        .set(from(hostPage))
        .send({ signInToken: 'x'.repeat(30) })
        .expect(403);
      expect(services.asked).toEqual([]);
    });

    it('signs out by the access token who has no cookie, leaves the one of somebody else alone, and forgives an old token', async () => {
      const Cookie = 'dialbridge-refresh-8080=family.secret';
      const leave = (token: string) =>
        request(app)
          .delete('/api/v1/session')
          .set({ Host: host, 'X-Dialbridge': '1', Authorization: `Bearer ${token}`, Cookie })
          .expect(204);
      expect((await leave('visitor-access-token')).headers).not.toHaveProperty('set-cookie');
      expect(services.asked).toEqual([['signOutGuest', 'f1']]);
      await leave('old-access-token');
      expect(services.asked).toHaveLength(1);
    });
  });

  it('signs out everywhere for the person of the access token, and takes the cookie away', async () => {
    const path = '/api/v1/session/sign-out-everywhere';
    const response = await request(app).post(path).set({ Host: host, Authorization: bearer }).expect(204);
    expect(lastAsked()).toEqual(['signOutEverywhere', 'u1']);
    expect(response.headers['set-cookie']?.[0]).toContain('Expires=Thu, 01 Jan 1970');
    await request(app).post(path).set({ Host: host, Cookie: 'dialbridge-refresh-8080=family.secret' }).expect(401);
    await request(app).post(path).set({ Host: host, Authorization: 'Bearer visitor-access-token' }).expect(403);
    expect(services.asked).toHaveLength(1);
  });

  it('takes away the cookie of an account that was switched off, and says so', async () => {
    services.failure = new DialbridgeError('accountDisabled');
    const headers = { Host: host, 'X-Dialbridge': '1', Cookie: 'dialbridge-refresh-8080=family.secret' };
    const response = await request(app).post('/api/v1/session/refresh').set(headers).expect(403);
    expect(response.body.error.code).toBe('accountDisabled');
    expect(response.headers['set-cookie']?.[0]).toContain('Expires=Thu, 01 Jan 1970');
  });
});
