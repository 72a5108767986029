import request from 'supertest';
import { beforeEach, describe, expect, it } from 'vitest';
import { DialbridgeError, type ErrorCode, errorTable } from '../../shared/errors/index.ts';
import { StorageError } from '../storage/index.ts';
import { createHttpApp } from './createHttpApp.ts';
import { bearer, FakeServices } from './testing/httpFixture.ts';

describe('an error over HTTP', () => {
  let services: FakeServices;
  let app: ReturnType<typeof createHttpApp>;
  beforeEach(() => {
    services = new FakeServices();
    app = createHttpApp(services.deps('nowhere'));
  });

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

  it('says that nothing could be saved, and logs why, where the disk refused', async () => {
    services.failure = new StorageError('unavailable', 'The file /var/secret could not be written: no space left');
    const response = await request(app).get('/api/v1/contacts').set('Authorization', bearer).expect(507);
    expect(response.body.error).toMatchObject({ code: 'notSaved', canRetry: true });
    expect(response.text).not.toContain('secret');
    expect(services.logger.lines).toMatchObject([{ level: 'error', fields: { path: '/api/v1/contacts' } }]);
  });

  it.each([
    ['{"a":', 'application/json'],
    ['"\ud800', 'application/json; charset=utf-16'],
  ])('refuses the body %.12s as JSON', async (body, type) => {
    const response = await request(app).post('/api/v1/session').set('Content-Type', type).send(body).expect(400);
    expect(response.body.error.code).toBe('badRequest');
    expect(services.logger.lines).toEqual([]);
  });

  it.each([
    ['/api/v1/session', 65_537, '64 KiB'],
    ['/api/v1/contacts', 65_537, '64 KiB'],
    ['/api/v1/admin/rules', 65_537, '64 KiB'],
    ['/api/v1/admin/explain', 4_194_305, '4 MiB'],
  ])('takes for %s no body of %d bytes', async (path, bytes, limit) => {
    const send = (size: number) =>
      request(app)
        .post(path)
        .set('Authorization', 'Bearer token-of-olga')
        .type('json')
        .send(`"${'x'.repeat(size - 2)}"`);
    const response = await send(bytes).expect(413);
    expect(response.body.error).toMatchObject({ code: 'tooLarge', details: { limit } });
    expect((await send(bytes - 1)).body.error.code).not.toBe('tooLarge');
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
