import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallId, ContactId, UserId } from '../../shared/domain/index.ts';
import { DialbridgeError, type ErrorCode, errorTable } from '../../shared/errors/index.ts';
import { brandSchema, type Contact, type HistoryDetail, type SessionGrant } from '../../shared/protocol/index.ts';
import type { BookOwner, VerifiedAccess, Visitor } from '../front-end-server/index.ts';
import { RecordingLogger } from '../observability/RecordingLogger.ts';
import { createHttpApp } from './createHttpApp.ts';
import type { HttpAppDeps } from './HttpAppDeps.ts';

const brand = brandSchema.parse({ id: 'default', name: 'Dialbridge', defaultCountry: 'DE', language: 'en' });
const user = { id: 'u1' as UserId, userName: 'alice', displayName: 'Alice', role: 'user' as const };
const access: VerifiedAccess = { user, brandId: brand.id, familyId: 'f1', expiresAtMs: 9e12 };
const grant: SessionGrant = {
  accessToken: 'good-access-token',
  expiresAtMs: 9e12,
  user,
  brand,
  callServer: { id: 'main' as SessionGrant['callServer']['id'], url: 'http://127.0.0.1:8080' },
};
const script = 'export {};\n'.repeat(500);
const bearer = 'Bearer good-access-token';
const draft = { name: 'Bob', numbers: [{ number: '030 123456', label: 'work' }] };

/** Services behind the door, as far as the door can tell; what they were asked is written down. */
class FakeServices {
  asked: unknown[] = [];
  checks: Record<string, true | string> = { storage: true };
  failure: unknown;
  readonly logger = new RecordingLogger();

  #answer<Answer>(question: unknown, answer: Answer): Answer {
    this.asked.push(question);
    if (this.failure !== undefined) throw this.failure;
    return answer;
  }

  deps(clientDir: string, more: Partial<HttpAppDeps> = {}): HttpAppDeps {
    const started = { grant, refreshToken: 'family.secret', refreshExpiresAtMs: Date.UTC(2030, 0, 1) };
    const contact: Contact = { ...draft, id: 'c1', revision: 4, updatedAtMs: 1 } as Contact;
    return {
      sessions: {
        signIn: async (...question: unknown[]) => this.#answer(['signIn', ...question], started),
        refresh: async (...question: unknown[]) => this.#answer(['refresh', ...question], started),
        signOut: async (token: string) => this.#answer(['signOut', token], undefined),
      },
      accessTokens: {
        verify: async (token: string) => {
          if (token === 'good-access-token') return access;
          if (token === 'operator-access-token') return { ...access, user: { ...user, role: 'operator' } };
          throw new DialbridgeError(token === 'old-access-token' ? 'sessionExpired' : 'unauthenticated');
        },
      },
      brands: { forHost: (host) => this.#answer(['forHost', host], brand), get: () => brand },
      contacts: {
        list: async (owner: BookOwner) => this.#answer(['list', owner], [contact]),
        add: async (...question: unknown[]) => this.#answer(['add', ...question], contact),
        edit: async (...question: unknown[]) => this.#answer(['edit', ...question], { ...contact, revision: 5 }),
        delete: async (...question: [BookOwner, ContactId, number?]) =>
          this.#answer(['delete', ...question], undefined),
      },
      history: {
        page: async (...question: unknown[]) => this.#answer(['page', ...question], { entries: [], nextCursor: null }),
        detail: async (_user: UserId, callId: CallId) =>
          this.#answer(['detail', callId], callId === 'known' ? ({ entry: { callId } } as HistoryDetail) : undefined),
      },
      readiness: () => ({ checks: this.checks }),
      holdings: async () => this.#answer(['holdings'], { calls: 0 }),
      logger: this.logger,
      randomBytes,
      clientDir,
      publicOrigin: null,
      trustProxy: false,
      ...more,
    };
  }
}

/** The body as bytes, whatever its type. */
function collect(response: request.Response, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (chunk: Buffer) => chunks.push(Buffer.from(chunk)));
  stream.on('end', () => done(null, Buffer.concat(chunks)));
}

describe('createHttpApp', () => {
  let clientDir: string;
  let services: FakeServices;
  let app: ReturnType<typeof createHttpApp>;

  beforeAll(async () => {
    clientDir = await mkdtemp(join(tmpdir(), 'dialbridge-client-'));
    await mkdir(join(clientDir, 'assets'));
    await writeFile(join(clientDir, 'index.html'), '<!doctype html><html><head><title>App</title></head></html>');
    await writeFile(join(clientDir, 'assets', 'main-abc123.js'), script);
    await writeFile(join(clientDir, 'icon.svg'), '<svg/>');
  });
  afterAll(() => rm(clientDir, { recursive: true }));
  beforeEach(() => {
    services = new FakeServices();
    app = createHttpApp(services.deps(clientDir));
  });
  const lastAsked = () => services.asked.at(-1);

  describe('session', () => {
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
      const behind = createHttpApp(services.deps(clientDir, { trustProxy: true }));
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
      const fixed = createHttpApp(services.deps(clientDir, { publicOrigin: 'https://phone.example.com' }));
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
      await request(app)
        .post('/api/v1/session/refresh')
        .set({ Host: host, Origin: 'null', Cookie: cookie })
        .expect(403);
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

  describe('errors', () => {
    it.each(Object.keys(errorTable) as ErrorCode[])('answers %s with its status and its sentence', async (code) => {
      services.failure = new DialbridgeError(code, { retryAfterMs: 1500, details: { number: '1' } });
      const response = await request(app).get('/api/v1/contacts').set('Authorization', bearer);
      expect(response.status).toBe(errorTable[code].httpStatus);
      expect(response.body.error).toMatchObject({ code, retryAfterMs: 1500, details: { number: '1' } });
      expect(response.headers['retry-after']).toBe('2');
      expect(response.headers['content-type']).toContain('application/json');
    });

    it('tells nothing of what broke inside, and logs it', async () => {
      services.failure = new Error('the disk at /var/secret is full');
      const response = await request(app).get('/api/v1/contacts').set('Authorization', bearer).expect(500);
      expect(response.body.error.code).toBe('internal');
      expect(response.text).not.toContain('secret');
      expect(services.logger.lines).toMatchObject([{ level: 'error', fields: { path: '/api/v1/contacts' } }]);
    });

    it.each([
      ['{"a":', 'application/json'],
      ['"\ud800', 'application/json; charset=utf-16'],
      [`{"a":"${'x'.repeat(70_000)}"}`, 'application/json'],
    ])('refuses the body %.12s as JSON', async (body, type) => {
      const response = await request(app).post('/api/v1/session').set('Content-Type', type).send(body).expect(400);
      expect(response.body.error.code).toBe('badRequest');
      expect(services.logger.lines).toEqual([]);
    });

    it.each(['/api', '/api/v1/nothing', '/api/v2/session', '/api/v1/contacts/c1/x'])('knows no %s', async (path) => {
      const response = await request(app).get(path).set('Authorization', bearer).expect(404);
      expect(response.body.error.code).toBe('notFound');
    });

    it('refuses a path or a host that cannot be read', async () => {
      await request(app).get('/api/v1/history/%E0%A4%A').set('Authorization', bearer).expect(400);
      await request(app).get('/api/v1/branding').set('Host', 'a b').expect(400);
      await request(app).get('/').set('Host', 'user@evil;script-src *').expect(400);
    });
  });

  describe('signed-in paths', () => {
    it.each([
      ['get', '/api/v1/contacts'],
      ['post', '/api/v1/contacts'],
      ['put', '/api/v1/contacts/c1'],
      ['delete', '/api/v1/contacts/c1'],
      ['get', '/api/v1/history'],
      ['get', '/api/v1/history/known'],
      ['get', '/api/v1/diagnostics/holdings'],
    ] as const)('%s %s wants a good access token', async (method, path) => {
      for (const header of [
        '',
        'Bearer',
        'Bearer wrong-access-token',
        'Basic good-access-token',
        'good-access-token',
      ]) {
        const response = await request(app)[method](path).set('Authorization', header).send({}).expect(401);
        expect(response.body.error.code).toBe('unauthenticated');
        expect(response.headers['www-authenticate']).toBe('Bearer');
      }
      const old = await request(app)[method](path).set('Authorization', 'Bearer old-access-token').send({}).expect(401);
      expect(old.body.error.code).toBe('sessionExpired');
      expect(services.asked).toEqual([]);
    });

    const owner = { userId: 'u1', country: 'DE' };

    it('lists, adds, edits and deletes contacts of the person', async () => {
      const authorized = { Authorization: bearer };
      const list = await request(app).get('/api/v1/contacts').set(authorized).expect(200);
      expect(list.body.contacts).toHaveLength(1);
      const added = await request(app).post('/api/v1/contacts').set(authorized).send(draft).expect(201);
      expect(added.headers.etag).toBe('"4"');
      expect(lastAsked()).toEqual(['add', owner, draft]);
      const edit = request(app)
        .put('/api/v1/contacts/c1')
        .set({ ...authorized, 'If-Match': '"4"' });
      expect((await edit.send(draft).expect(200)).body.revision).toBe(5);
      expect(lastAsked()).toEqual(['edit', owner, 'c1', draft, 4]);
      await request(app)
        .delete('/api/v1/contacts/c1')
        .set({ ...authorized, 'If-Match': '5' })
        .expect(204);
      expect(lastAsked()).toEqual(['delete', owner, 'c1', 5]);
      await request(app).delete('/api/v1/contacts/c1').set(authorized).expect(204);
      expect(lastAsked()).toEqual(['delete', owner, 'c1', undefined]);
    });

    it('refuses contacts without name or number, and edits without a revision', async () => {
      const authorized = { Authorization: bearer };
      for (const body of [{ ...draft, name: ' ' }, { ...draft, numbers: [] }, { ...draft, extra: 1 }, {}]) {
        const response = await request(app).post('/api/v1/contacts').set(authorized).send(body).expect(400);
        expect(response.body.error.details.detail).toMatch(/./);
      }
      const bare = await request(app).put('/api/v1/contacts/c1').set(authorized).send(draft).expect(400);
      expect(bare.body.error.message).toContain('If-Match');
      await request(app)
        .put('/api/v1/contacts/c1')
        .set({ ...authorized, 'If-Match': 'W/"x"' })
        .send(draft)
        .expect(400);
      expect(services.asked).toEqual([]);
    });

    it('shows what the bridge holds to operators only', async () => {
      const get = (token: string) =>
        request(app).get('/api/v1/diagnostics/holdings').set('Authorization', `Bearer ${token}`);
      await get('operator-access-token').expect(200, { calls: 0 });
      const response = await get('good-access-token').expect(403);
      expect(response.body.error.code).toBe('forbidden');
    });

    it('pages through the history and shows one call', async () => {
      const get = (path: string) => request(app).get(path).set('Authorization', bearer);
      await get('/api/v1/history').expect(200, { entries: [], nextCursor: null });
      expect(lastAsked()).toEqual(['page', 'u1', { limit: 50 }]);
      await get('/api/v1/history?before=abc&limit=20').expect(200);
      expect(lastAsked()).toEqual(['page', 'u1', { before: 'abc', limit: 20 }]);
      for (const query of ['limit=0', 'limit=1000', 'limit=x', 'before=', 'before=a&before=b']) {
        await get(`/api/v1/history?${query}`).expect(400);
      }
      expect((await get('/api/v1/history/known').expect(200)).body.entry.callId).toBe('known');
      await get('/api/v1/history/unknown').expect(404);
    });
  });

  describe('branding and health', () => {
    it('shows the brand of the host to everybody', async () => {
      await request(app).get('/api/v1/branding').set('Host', 'phone.example.com:8080').expect(200, brand);
      expect(lastAsked()).toEqual(['forHost', 'phone.example.com']);
    });

    it('tells the truth about being alive and being ready', async () => {
      await request(app).get('/healthz').expect(200, { status: 'ok' });
      await request(app)
        .get('/readyz')
        .expect(200, { status: 'ready', checks: { storage: 'ok' } });
      services.checks = { storage: true, mediaRelay: 'no worker runs' };
      const response = await request(app).get('/readyz').expect(503);
      expect(response.body).toEqual({ status: 'notReady', checks: { storage: 'ok', mediaRelay: 'no worker runs' } });
    });
  });

  describe('the client', () => {
    it('serves the page for every path of the app, asked for anew each time', async () => {
      for (const path of ['/', '/index.html', '/history', '/contacts/c1']) {
        const response = await request(app).get(path).set('Accept', 'text/html').expect(200);
        expect(response.text).toContain('<title>App</title>');
        expect(response.headers['cache-control']).toBe('no-cache');
      }
    });

    it('keeps hashed files for ever and others only after asking', async () => {
      const script = await request(app).get('/assets/main-abc123.js').expect(200);
      expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
      const icon = await request(app).get('/icon.svg').expect(200);
      expect(icon.headers['cache-control']).toBe('no-cache');
    });

    it('compresses scripts for browsers that take it, and sends the same content to others', async () => {
      const get = (encoding: string) => request(app).get('/assets/main-abc123.js').set('Accept-Encoding', encoding);
      // The test's client unpacks what it gets, so the text is the same and the header tells them apart.
      for (let turn = 0; turn < 2; turn += 1) {
        const compressed = await get('gzip, br').buffer(true).parse(collect).expect(200);
        expect(compressed.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' });
        expect(compressed.headers['content-type']).toMatch(/^text\/javascript/);
        expect(compressed.headers['cache-control']).toContain('immutable');
        expect(Number(compressed.headers['content-length'])).toBeLessThan(script.length / 10);
        expect(String(compressed.body)).toBe(script);
      }
      const plain = await get('identity')
        .buffer(true)
        .parse(collect)
        .expect(200)
        .expect('Vary', /Accept-Encoding/);
      expect(plain.headers).not.toHaveProperty('content-encoding');
      expect(String(plain.body)).toBe(script);
      await get('br').set('Range', 'bytes=0-5').expect(206);
      await request(app).get('/assets/gone-123.js').set('Accept-Encoding', 'br').expect(404);
      await request(app).get('/assets/..%2Findex.html.js').set('Accept-Encoding', 'br').expect(404);
    });

    it.each(['/assets/gone-123.js', '/../package.json', '/%2e%2e/package.json', '/.env'])('has no %s', async (path) => {
      const response = await request(app).get(path);
      expect(response.status).toBe(404);
      expect(response.text).not.toContain('<title>');
    });

    it('says how to build it where it was not built', async () => {
      const unbuilt = createHttpApp(services.deps(join(clientDir, 'nowhere')));
      const response = await request(unbuilt).get('/').set('Accept', 'text/html').expect(503);
      expect(response.text).toContain('npm start');
    });

    it('allows the page its own scripts, styles and sockets and nothing else', async () => {
      const response = await request(app).get('/').set('Host', '[::1]:8080').expect(200);
      const policy = response.headers['content-security-policy'] ?? '';
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("connect-src 'self' ws://[::1]:8080;");
      expect(policy).toContain("media-src 'self' blob:");
      expect(policy).not.toContain('unsafe-eval');
      expect(policy).not.toContain('upgrade-insecure-requests');
      expect(response.headers).not.toHaveProperty('strict-transport-security');
      expect(response.headers).not.toHaveProperty('x-powered-by');
      expect(response.headers['x-content-type-options']).toBe('nosniff');
      expect(response.headers['permissions-policy']).toContain('microphone=(self)');
      const nonce = /style-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
      expect(response.text).toContain(`<meta property="csp-nonce" nonce="${nonce}">`);
      expect((await request(app).get('/')).text).not.toContain(nonce);
    });

    it('insists on HTTPS only where people came by it', async () => {
      const secure = createHttpApp(services.deps(clientDir, { publicOrigin: 'https://phone.example.com' }));
      const response = await request(secure).get('/').expect(200);
      expect(response.headers['strict-transport-security']).toBe('max-age=15552000');
      expect(response.headers['content-security-policy']).toContain('wss://phone.example.com;');
      expect(response.headers['content-security-policy']).toContain('upgrade-insecure-requests');
    });
  });
});
