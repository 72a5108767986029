import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHttpApp } from './createHttpApp.ts';
import { FakeServices } from './testing/httpFixture.ts';

const script = 'export {};\n'.repeat(500);

/** The body as bytes, whatever its type. */
function collect(response: request.Response, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (chunk: Buffer) => chunks.push(Buffer.from(chunk)));
  stream.on('end', () => done(null, Buffer.concat(chunks)));
}

describe('the client over HTTP', () => {
  let clientDir: string;
  beforeAll(async () => {
    clientDir = await mkdtemp(join(tmpdir(), 'dialbridge-client-'));
    await mkdir(join(clientDir, 'assets'));
    await writeFile(join(clientDir, 'index.html'), '<!doctype html><html><head><title>App</title></head></html>');
    await writeFile(join(clientDir, 'assets', 'main-abc123.js'), script);
    await writeFile(join(clientDir, 'icon.svg'), '<svg/>');
  });
  afterAll(() => rm(clientDir, { recursive: true }));
  let services: FakeServices;
  let app: ReturnType<typeof createHttpApp>;
  beforeEach(() => {
    services = new FakeServices();
    app = createHttpApp(services.deps(clientDir));
  });

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
