import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { derivePalette } from '../../shared/branding/index.ts';
import { type Brand, brandSchema } from '../../shared/protocol/index.ts';
import { PublicOrigins } from '../front-end-server/index.ts';
import { createHttpApp } from './createHttpApp.ts';
import { FakeServices } from './testing/httpFixture.ts';

const nasty = `</script><script>alert(1)</script> "quoted" & $& <!-- 'Acme'`;
const palette = {
  light: { accent: '#7a1fa2', onAccent: '#ffffff', accentText: '#6a1b8f', stage: '#4a148c', onStage: '#ffffff' },
  dark: { accent: '#e1b3ff', onAccent: '#2b0a3d', accentText: '#e1b3ff', stage: '#3c1361', onStage: '#ffffff' },
};
const acme = brandSchema.parse({
  id: 'acme',
  name: nasty,
  palette,
  font: { family: 'uploaded', url: '/api/v1/branding/assets/abc' },
  defaultCountry: 'DE',
  language: 'de',
  callerNumbers: ['+12025550100'],
});
const plain = brandSchema.parse({ id: 'default', name: 'Dialbridge', defaultCountry: 'US', language: 'en' });

describe('the brand over HTTP', () => {
  let clientDir: string;
  let services: FakeServices;
  let app: ReturnType<typeof createHttpApp>;
  let shown: Brand;

  beforeAll(async () => {
    clientDir = await mkdtemp(join(tmpdir(), 'dialbridge-client-'));
    // The page as it is in the repository: the build adds to it and takes nothing away.
    const page = await readFile(new URL('../../client/index.html', import.meta.url), 'utf8');
    await writeFile(join(clientDir, 'index.html'), page);
  });
  afterAll(() => rm(clientDir, { recursive: true }));
  const brands = {
    forHost: (host: string) => (host === 'acme.example' ? shown : plain),
    get: (id: string) => (id === 'acme' ? shown : plain),
    has: (id: string) => id === 'acme' || id === 'default',
  };
  beforeEach(() => {
    shown = acme;
    services = new FakeServices();
    app = createHttpApp(services.deps(clientDir, { brands }));
  });

  const get = (path: string, host = 'acme.example') => request(app).get(path).set('Host', host);

  it('dresses the page before any script runs', async () => {
    const { text, headers } = await get('/').set('Accept', 'text/html').expect(200);
    expect(text).toContain('<html lang="de">');
    expect(text).toContain('<title>&lt;/script&gt;');
    expect(text).not.toContain('Dialbridge');
    expect(text).toContain('content="#4a148c"');
    expect(text).toContain(`--brand:${derivePalette(palette)['--brand']}`);
    expect(text).toContain('@font-face{font-family:"Brand abc";src:url("/api/v1/branding/assets/abc") format("woff2")');
    expect(text).toContain(encodeURIComponent('fill="#7a1fa2"'));
    const nonce = /'nonce-([^']+)'/.exec(headers['content-security-policy'] ?? '')?.[1];
    expect(text).toContain(`<style nonce="${nonce}">`);
  });

  it('gives another host name its own page', async () => {
    const { text } = await get('/', 'other.example').expect(200);
    expect(text).toContain('<title>Dialbridge</title>');
    expect(text).toContain(`--brand:${derivePalette(null)['--brand']}`);
    expect(text).not.toContain('#7a1fa2');
  });

  it('carries the brand as data that no name can break out of', async () => {
    const { text } = await get('/').expect(200);
    const open = '<script type="application/json" id="brand">';
    const from = text.indexOf(open) + open.length;
    const data = text.slice(from, text.indexOf('</script>', from));
    expect(JSON.parse(data)).toEqual({ ...acme, callerNumbers: [] });
    // Two: the data and the app's own.
    expect(text.match(/<script/g)).toHaveLength(2);
    expect(text.match(/<!--/g)).toBeNull();
  });

  it('shows no brand where only the page can know whose it is', async () => {
    for (const path of ['/enter', '/enter/']) {
      const { text } = await get(path).expect(200);
      expect(text).toContain('<title>…</title>');
      expect(text).not.toMatch(/acme|Dialbridge|#7a1fa2|id="brand"|--brand/i);
    }
    expect((await get('/entertainment').expect(200)).text).toContain('id="brand"');
  });

  it('tells whoever asks the brand of the page, without its caller IDs', async () => {
    const { body } = await get('/api/v1/branding').expect(200);
    expect(body).toEqual({ ...acme, callerNumbers: [] });
    expect((await get('/api/v1/branding', 'other.example')).body.id).toBe('default');
    expect((await get('/api/v1/branding?brand=acme', 'other.example')).body.id).toBe('acme');
    await get('/api/v1/branding?brand=unknown').expect(404);
    await get('/api/v1/branding?brand=a&brand=b').expect(400);
  });

  it('is reached at its own name behind a proxy that has the certificate', async () => {
    const hasHost = (host: string) => host === 'acme.example';
    const origins = new PublicOrigins({ publicOrigin: 'https://phone.example.com', brands: { hasHost } });
    const more = { brands, publicOrigin: (host: string) => origins.forHost(host) };
    const behind = createHttpApp(services.deps(clientDir, more));
    for (const [host, socket, title] of [
      ['acme.example', 'wss://acme.example;', '&lt;/script&gt;'],
      ['evil.example', 'wss://phone.example.com;', 'Dialbridge'],
    ]) {
      const { text, headers } = await request(behind).get('/').set('Host', String(host)).expect(200);
      expect(headers['content-security-policy']).toContain(socket);
      expect(text).toContain(`<title>${title}`);
    }
  });

  it('has a manifest of each brand, whose icon is there', async () => {
    const own = await get('/manifest.webmanifest').expect(200);
    expect(own.headers['content-type']).toMatch(/^application\/manifest\+json/);
    const manifest = JSON.parse(own.text || String(own.body));
    expect(manifest).toMatchObject({ name: nasty, theme_color: '#4a148c', lang: 'de' });
    const icon = await get(manifest.icons[0].src, 'other.example').buffer(true).expect(200);
    expect(String(icon.body)).toContain('#7a1fa2');
    shown = { ...acme, logo: { light: '/api/v1/branding/assets/logo', dark: null } };
    const logo = await get('/manifest.webmanifest?brand=acme', 'other.example').expect(200);
    expect(JSON.parse(logo.text || String(logo.body)).icons[0].src).toBe('/api/v1/branding/assets/logo');
  });

  it('serves an uploaded picture for ever, and as nothing that could run', async () => {
    const bytes = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    services.assets.set('abc', { contentType: 'image/svg+xml', bytes });
    const { headers, body } = await get('/api/v1/branding/assets/abc').buffer(true).expect(200);
    expect(Buffer.from(body).equals(bytes)).toBe(true);
    expect(headers['content-type']).toBe('image/svg+xml');
    expect(headers['content-security-policy']).toBe("default-src 'none'; style-src 'unsafe-inline'; sandbox");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    await get('/api/v1/branding/assets/unknown').expect(404).expect('Cache-Control', 'no-store');
  });
});
