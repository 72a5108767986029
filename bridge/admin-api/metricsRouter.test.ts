import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { createHttpApp } from './createHttpApp.ts';
import { FakeServices } from './testing/httpFixture.ts';

function ask(token: string | null, authorization?: string) {
  const metrics = { token, contentType: 'text/plain; version=0.0.4', text: async () => 'dialbridge_calls_active 1\n' };
  const asked = request(createHttpApp(new FakeServices().deps('/nowhere', { metrics }))).get('/metrics');
  return authorization === undefined ? asked : asked.set('Authorization', authorization);
}

describe('GET /metrics', () => {
  it('gives figures to whoever shows the token', async () => {
    const response = await ask('scrape-me', 'Bearer scrape-me');
    expect([response.status, response.text]).toEqual([200, 'dialbridge_calls_active 1\n']);
    expect(response.headers).toMatchObject({ 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
  });

  it.each([[undefined], ['Bearer scrape-m'], ['Bearer scrape-me2'], ['scrape-me'], ['Bearer good-access-token']])(
    'gives none to %s',
    async (authorization) => {
      const response = await ask('scrape-me', authorization);
      expect([response.status, response.body.error.code]).toEqual([401, 'unauthenticated']);
    },
  );

  it.each([[undefined], ['Bearer null'], ['Bearer ']])(
    'is not there without a token, also to %s',
    async (authorization) => {
      expect((await ask(null, authorization)).status).toBe(404);
    },
  );
});
