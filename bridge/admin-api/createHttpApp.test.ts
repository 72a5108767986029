import request from 'supertest';
import { beforeEach, describe, expect, it } from 'vitest';
import { createHttpApp } from './createHttpApp.ts';
import { brand, FakeServices } from './testing/httpFixture.ts';

describe('branding and health over HTTP', () => {
  let services: FakeServices;
  let app: ReturnType<typeof createHttpApp>;
  beforeEach(() => {
    services = new FakeServices();
    app = createHttpApp(services.deps('nowhere'));
  });
  const lastAsked = () => services.asked.at(-1);

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
