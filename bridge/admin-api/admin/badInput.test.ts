import { describe, expect, it } from 'vitest';
import { Place, type Sample, samples } from '../testing/adminSamples.ts';
import { FakeServices } from '../testing/httpFixture.ts';
import { adminEndpoints } from './index.ts';

const endpoints = adminEndpoints(new FakeServices().fixture.administration).flat();
const operator = 'token-of-olga';

/** Asks each of them, by the operator and in a bad way; nothing may come of it. */
async function askEach(chosen: typeof endpoints, inWhatWay: (sample: Sample) => Sample) {
  const place = new Place();
  const before = await place.kept();
  const answers = [];
  for (const endpoint of chosen) {
    const asked = inWhatWay(samples[endpoint.operationId]?.('red') ?? {});
    const { status, body } = await place.ask(endpoint, asked, operator);
    answers.push({ of: endpoint.operationId, status, code: body.error?.code, key: body.error?.details?.key });
  }
  expect(await place.kept()).toEqual(before);
  return answers;
}

describe('bad input', () => {
  const withJson = endpoints.filter(({ body }) => body && 'schema' in body);
  const withBytes = endpoints.filter(({ body }) => body && !('schema' in body));

  it('in a body is named by its key, at every endpoint', async () => {
    const answers = await askEach(withJson, (sample) => ({
      ...sample,
      body: { ...(sample.body as object), nonsense: 1 },
    }));
    expect(answers).toHaveLength(withJson.length);
    expect(withJson.length).toBeGreaterThan(15);
    for (const { of, ...answer } of answers) {
      expect(answer, of).toEqual({ status: 422, code: 'invalidSetting', key: 'nonsense' });
    }
  });

  it.each([['[]'], ['{}'], ['{"id":'], ['']])('is the body %j wherever JSON is wanted', async (body) => {
    for (const { of, status, code } of await askEach(withJson, (sample) => ({ ...sample, body }))) {
      expect([`${of} 422 invalidSetting`, `${of} 400 badRequest`]).toContain(`${of} ${status} ${code}`);
    }
  });

  it('is a file of a type that is not taken, and an empty one', async () => {
    for (const change of [{ type: 'text/html' }, { body: '' }]) {
      for (const { of, ...answer } of await askEach(withBytes, (sample) => ({ ...sample, ...change }))) {
        expect(answer, of).toMatchObject({ status: 400, code: 'badRequest' });
      }
    }
  });

  it('in a query is named by its key, at every endpoint', async () => {
    const withQuery = endpoints.filter(({ query }) => query);
    for (const [query, key] of [
      ['limit=0', 'limit'],
      ['limit=1001', 'limit'],
      ['colour=red', 'colour'],
    ] as const) {
      for (const { of, ...answer } of await askEach(withQuery, (sample) => ({ ...sample, query }))) {
        expect(answer, of).toEqual({ status: 422, code: 'invalidSetting', key });
      }
    }
  });

  it('is a change without the revision that it is based on, or with another', async () => {
    const changes = endpoints.filter(({ ifMatch }) => ifMatch);
    expect(changes.length).toBeGreaterThan(10);
    for (const [ifMatch, answer] of [
      [null, { status: 400, code: 'badRequest' }],
      ['W/"x"', { status: 400, code: 'badRequest' }],
      ['"2"', { status: 409, code: 'conflict' }],
    ] as const) {
      for (const { of, status, code } of await askEach(changes, (sample) => ({ ...sample, ifMatch }))) {
        expect({ status, code }, of).toEqual(answer);
      }
    }
  });

  it('is an id that nothing has', async () => {
    const withId = endpoints.filter(({ params }) => params);
    expect(withId.length).toBeGreaterThan(20);
    for (const { of, status, code } of await askEach(withId, (sample) => ({ ...sample, id: '%2B9999' }))) {
      expect([`${of} 404 notFound`, `${of} 422 invalidSetting`]).toContain(`${of} ${status} ${code}`);
    }
  });
});
