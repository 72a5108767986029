import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../endpoints/index.ts';
import { type Brand, Place, type Sample, samples } from '../testing/adminSamples.ts';
import { FakeServices } from '../testing/httpFixture.ts';
import { adminEndpoints } from './index.ts';

/** People of `administrationFixture`: by whom everything is tried. `brand` is what they are bound to. */
const people = [
  { token: 'token-of-olga', role: 'operator', brand: null },
  { token: 'token-of-mia', role: 'brandManager', brand: 'red' },
  { token: 'token-of-adam', role: 'auditor', brand: null },
  { token: 'token-of-abby', role: 'auditor', brand: 'red' },
  { token: 'token-of-ruth', role: 'user', brand: 'red' },
  { token: 'token-of-nina', role: 'user', brand: null },
  { token: 'visitor-access-token', role: 'visitor', brand: null },
] as const;
type Person = (typeof people)[number];

/** Operations after which there is nothing to write down. */
const changesNothing = /^(list|get|search|export|explain)/;
/** Before a brand can be deleted nothing may be of it. */
const mayBeInUse = new Set(['deleteBrand']);

function mayPass(endpoint: Endpoint, person: Person, { reach }: Sample, brand: Brand): boolean {
  if (!endpoint.roles?.some((role) => role === person.role)) return false;
  if (person.brand === null || reach === 'everybody') return true;
  return reach !== 'unbound' && person.brand === brand;
}

describe('who may what', () => {
  const endpoints = adminEndpoints(new FakeServices().fixture.administration).flat();

  it('is tried for every endpoint of the administration', () => {
    expect(Object.keys(samples).sort()).toEqual(endpoints.map(({ operationId }) => operationId).sort());
  });

  it('lets only operators change, brand managers in their brand, and auditors never', () => {
    for (const { operationId, method, roles } of endpoints) {
      expect(roles, operationId).toContain('operator');
      const isChange = method !== 'get' && !changesNothing.test(operationId);
      expect(roles?.includes('auditor'), operationId).toBe(!isChange);
    }
  });

  it.each(endpoints.map((endpoint) => [endpoint.operationId, endpoint] as const))(
    '%s',
    async (operationId, endpoint) => {
      const place = new Place();
      let before = await place.kept();
      for (const brand of ['red', 'blue'] as const) {
        const sample = samples[operationId]?.(brand) ?? {};
        for (const person of people) {
          const response = await place.ask(endpoint, sample, person.token);
          const who = `${person.token} for ${brand}: ${response.text}`;
          const isRefused = !mayPass(endpoint, person, sample, brand);
          if (isRefused || mayBeInUse.has(operationId)) {
            expect(response.body.error?.code, who).toBe(isRefused ? 'forbidden' : 'inUse');
            expect(response.status, who).toBe(isRefused ? 403 : 409);
            expect(await place.kept(), who).toEqual(before);
            continue;
          }
          expect(response.status, who).toBe(endpoint.answer.status);
          if (endpoint.answer.schema)
            expect(endpoint.answer.schema.safeParse(response.body).error, who).toBeUndefined();
          const isChange = !changesNothing.test(operationId);
          const { entries } = place.services.fixture.audit;
          // A sheet has an entry with its rates and one with their sum.
          const perChange = entries[0]?.action === 'import' ? 2 : 1;
          expect(entries, who).toHaveLength(isChange ? perChange : 0);
          if (!isChange) continue;
          place.makeAnew();
          before = await place.kept();
        }
      }
    },
  );

  it('is nobody’s without a good token', async () => {
    const place = new Place();
    const before = await place.kept();
    for (const endpoint of endpoints) {
      const sample = samples[endpoint.operationId]?.('red') ?? {};
      for (const token of ['wrong-access-token', 'old-access-token']) {
        expect((await place.ask(endpoint, sample, token)).status, endpoint.operationId).toBe(401);
      }
    }
    expect(await place.kept()).toEqual(before);
  });
});
