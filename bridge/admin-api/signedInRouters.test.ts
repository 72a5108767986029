import request from 'supertest';
import { beforeEach, describe, expect, it } from 'vitest';
import { createHttpApp } from './createHttpApp.ts';
import { bearer, draft, FakeServices } from './testing/httpFixture.ts';

describe('paths for people who are signed in', () => {
  let services: FakeServices;
  let app: ReturnType<typeof createHttpApp>;
  beforeEach(() => {
    services = new FakeServices();
    app = createHttpApp(services.deps('nowhere'));
  });
  const lastAsked = () => services.asked.at(-1);

  it.each([
    ['get', '/api/v1/contacts'],
    ['post', '/api/v1/contacts'],
    ['put', '/api/v1/contacts/c1'],
    ['delete', '/api/v1/contacts/c1'],
    ['get', '/api/v1/history'],
    ['get', '/api/v1/history/known'],
    ['put', '/api/v1/history/seen'],
    ['get', '/api/v1/diagnostics/holdings'],
  ] as const)('%s %s wants a good access token', async (method, path) => {
    for (const header of ['', 'Bearer', 'Bearer wrong-access-token', 'Basic good-access-token', 'good-access-token']) {
      const response = await request(app)[method](path).set('Authorization', header).send({}).expect(401);
      expect(response.body.error.code).toBe('unauthenticated');
      expect(response.headers['www-authenticate']).toBe('Bearer');
    }
    const old = await request(app)[method](path).set('Authorization', 'Bearer old-access-token').send({}).expect(401);
    expect(old.body.error.code).toBe('sessionExpired');
    const visitor = { Authorization: 'Bearer visitor-access-token' };
    const forbidden = await request(app)[method](path).set(visitor).send({}).expect(403);
    expect(forbidden.body.error.code).toBe('forbidden');
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

  it.each([
    ['contacts', ['get /', 'post /', 'put /c1', 'delete /c1']],
    ['history', ['get /', 'get /known', 'put /seen']],
  ] as const)('has no %s under a brand without them', async (feature, asks) => {
    const authorized = { Authorization: bearer, 'If-Match': '4' };
    services.brand = { ...services.brand, features: { ...services.brand.features, [feature]: false } };
    for (const ask of asks) {
      const [method, path] = ask.split(' ') as ['get' | 'post' | 'put' | 'delete', string];
      const url = `/api/v1/${feature}${path}`;
      const response = await request(app)[method](url).set(authorized).send(draft).expect(403);
      expect(response.body.error).toMatchObject({ code: 'featureOff' });
      await request(app)[method](url).send(draft).expect(401);
    }
    expect(services.asked).toEqual([]);
    const other = feature === 'contacts' ? 'history' : 'contacts';
    await request(app).get(`/api/v1/${other}`).set(authorized).expect(200);
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
    await get('token-of-olga').expect(200, { calls: 0 });
    const response = await get('token-of-nina').expect(403);
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

  it('takes note of what the person has seen of the history', async () => {
    const put = (body: object) => request(app).put('/api/v1/history/seen').set('Authorization', bearer).send(body);
    await put({ untilMs: 5 }).expect(200, { count: 0, seenUntilMs: 5 });
    expect(lastAsked()).toEqual(['markSeen', 'u1', 5]);
    for (const untilMs of [-1, 1.5, 'now']) await put({ untilMs }).expect(400);
  });
});
