import request, { type Response } from 'supertest';
import { describe, expect, it } from 'vitest';
import { createHttpApp } from '../createHttpApp.ts';
import type { Endpoint } from '../endpoints/index.ts';
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

type Brand = 'red' | 'blue';

/** How an endpoint is asked for something of a brand. */
interface Sample {
  readonly id?: string;
  readonly query?: string;
  readonly body?: object | string;
  readonly type?: string;
  /** Whom the thing concerns: who is of its brand (absent), every administrator, or those who are bound to no brand. */
  readonly reach?: 'everybody' | 'unbound';
}

const users = { red: 'ruth', blue: 'bob' } as const;
const rule = (brand: Brand) => ({ action: 'deny', from: { brands: [brand] } });
const user = (brand: Brand) => ({ userName: `new-${brand}`, displayName: 'New', brandId: brand });
const embedKey = (brandId: Brand) => ({
  name: 'Shop',
  brandId,
  origins: ['https://shop.example'],
  destinations: [{ number: '+12025550100' }],
});
const signingKey = (brandId: Brand) => ({ name: 'App', brandId, algorithm: 'HS256', issuer: 'shop' });
const brandDraft = (brand: Brand) => ({
  name: brand,
  hostNames: [`${brand}.example`],
  callerNumbers: brand === 'red' ? ['+12025550100'] : [],
});
const rate = { pricePerMinute: 0.5 };

/** By operation. An endpoint without a sample fails the test below. */
const samples: Readonly<Record<string, (brand: Brand) => Sample>> = {
  listUsers: (brand) => ({ query: `brandId=${brand}` }),
  getUser: (brand) => ({ id: users[brand] }),
  createUser: (brand) => ({ body: user(brand) }),
  updateUser: (brand) => ({ id: users[brand], body: user(brand) }),
  deleteUser: (brand) => ({ id: users[brand] }),
  signOutUserEverywhere: (brand) => ({ id: users[brand] }),
  createSignInLink: (brand) => ({ id: users[brand] }),
  listGroups: (brand) => ({ query: `brandId=${brand}` }),
  getGroup: (brand) => ({ id: `${brand}-sales` }),
  createGroup: (brand) => ({ body: { id: 'new', name: 'New', brandId: brand } }),
  updateGroup: (brand) => ({ id: `${brand}-sales`, body: { name: 'New', brandId: brand } }),
  deleteGroup: (brand) => ({ id: `${brand}-sales` }),
  listRules: (brand) => ({ query: `brandId=${brand}` }),
  getRule: (brand) => ({ id: `${brand}-us` }),
  createRule: (brand) => ({ body: rule(brand) }),
  updateRule: (brand) => ({ id: `${brand}-us`, body: rule(brand) }),
  deleteRule: (brand) => ({ id: `${brand}-us` }),
  moveRule: (brand) => ({ id: `${brand}-us`, body: { before: brand === 'red' ? null : 'everywhere' } }),
  explainCall: (brand) => ({ body: { caller: { kind: 'user', userName: users[brand] }, destination: '+1' } }),
  listRates: () => ({ reach: 'everybody' }),
  getRate: () => ({ id: '%2B1', reach: 'everybody' }),
  createRate: () => ({ body: { id: '+44', ...rate } }),
  updateRate: () => ({ id: '%2B1', body: rate }),
  deleteRate: () => ({ id: '%2B1' }),
  importRates: () => ({ body: { mode: 'merge', rates: [{ id: '+44', ...rate }] } }),
  listBrands: (brand) => ({ query: `brandId=${brand}` }),
  getBrand: (brand) => ({ id: brand }),
  createBrand: () => ({ body: { id: 'green', name: 'Green' } }),
  updateBrand: (brand) => ({ id: brand, body: { ...brandDraft(brand), name: 'New' } }),
  deleteBrand: (brand) => ({ id: brand }),
  addBrandAsset: (brand) => ({ id: brand, body: '<svg/>', type: 'image/svg+xml' }),
  listEmbedKeys: (brand) => ({ query: `brandId=${brand}` }),
  getEmbedKey: (brand) => ({ id: `pk_${brand}` }),
  createEmbedKey: (brand) => ({ body: embedKey(brand) }),
  updateEmbedKey: (brand) => ({ id: `pk_${brand}`, body: embedKey(brand) }),
  deleteEmbedKey: (brand) => ({ id: `pk_${brand}` }),
  listSigningKeys: (brand) => ({ query: `brandId=${brand}` }),
  getSigningKey: (brand) => ({ id: `sk-${brand}` }),
  createSigningKey: (brand) => ({ body: signingKey(brand) }),
  updateSigningKey: (brand) => ({ id: `sk-${brand}`, body: signingKey(brand) }),
  deleteSigningKey: (brand) => ({ id: `sk-${brand}` }),
  listAccessKeys: () => ({ reach: 'unbound' }),
  rotateAccessKeys: () => ({ reach: 'unbound' }),
  listAuditEntries: (brand) => ({ query: `brandId=${brand}` }),
};

/** Operations after which there is nothing to write down. */
const changesNothing = /^(list|get|explain)/;
/** Before a brand can be deleted nothing may be of it. */
const mayBeInUse = new Set(['deleteBrand']);

/** The administration behind its door; made anew only where something was changed, since that takes its time. */
class Place {
  services = new FakeServices();
  #app = createHttpApp(this.services.deps('nowhere'));

  makeAnew(): void {
    this.services = new FakeServices();
    this.#app = createHttpApp(this.services.deps('nowhere'));
  }

  ask(
    { method, path, ifMatch }: Endpoint,
    { id, query, body, type = 'json' }: Sample,
    token: string,
  ): Promise<Response> {
    const url = `${path.replace('{id}', id ?? '')}${query === undefined ? '' : `?${query}`}`;
    const asked = request(this.#app)[method](url).set('Authorization', `Bearer ${token}`);
    if (ifMatch) asked.set('If-Match', '"1"');
    if (body !== undefined) asked.type(type).send(body);
    return asked.then((response) => response);
  }

  async kept(): Promise<unknown> {
    const { users: kept, groups, rules, rates, brands, embedKeys, signingKeys, told, audit } = this.services.fixture;
    const lists = [kept, groups, rules, rates, brands, embedKeys, signingKeys].map((one) => one.list());
    return structuredClone([await Promise.all(lists), told, audit.entries]);
  }
}

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
      for (const brand of ['red', 'blue'] as const) {
        const sample = samples[operationId]?.(brand) ?? {};
        for (const person of people) {
          const before = await place.kept();
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
          expect(place.services.fixture.audit.entries, who).toHaveLength(isChange ? 1 : 0);
          if (isChange) place.makeAnew();
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
