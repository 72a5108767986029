import request from 'supertest';
import { beforeEach, describe, expect, it } from 'vitest';
import { DialbridgeError } from '../../shared/errors/index.ts';
import type { Visitor } from '../front-end-server/index.ts';
import { createHttpApp } from './createHttpApp.ts';
import { FakeServices, grant } from './testing/httpFixture.ts';

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
});
