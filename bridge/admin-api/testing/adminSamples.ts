import request, { type Response } from 'supertest';
import { createHttpApp } from '../createHttpApp.ts';
import type { Endpoint } from '../endpoints/index.ts';
import { FakeServices } from './httpFixture.ts';

export type Brand = 'red' | 'blue';

/** How an endpoint is asked for something of a brand. */
export interface Sample {
  readonly id?: string;
  readonly query?: string;
  readonly body?: object | string;
  readonly type?: string;
  /** Absent: of revision 1, where the endpoint wants it; null: none is sent. */
  readonly ifMatch?: string | null;
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
const numbers = { red: '%2B12025550110', blue: '%2B12025550120' } as const;
const number = (brandId: Brand) => ({ brandId, destination: { kind: 'user', userName: users[brandId] } });
const webhook = { name: 'New', url: 'https://new.example/hook', events: ['call.started'] };
const rate = { pricePerMinute: 0.5 };

/** By operation. An endpoint without a sample fails the test below. */
export const samples: Readonly<Record<string, (brand: Brand) => Sample>> = {
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
  searchCalls: (brand) => ({ query: `brandId=${brand}&number=*1&outcome=busy,answered` }),
  exportCalls: (brand) => ({ query: `brandId=${brand}&format=jsonl` }),
  getCallRecord: (brand) => ({ id: `${brand}-call` }),
  listLiveCalls: () => ({ reach: 'everybody' }),
  getLiveFigures: (brand) => ({ query: `brandId=${brand}` }),
  hangUpCall: (brand) => ({ id: `${brand}-live`, body: { reason: 'fraud' } }),
  listRates: () => ({ reach: 'everybody' }),
  getRate: () => ({ id: '%2B1', reach: 'everybody' }),
  createRate: () => ({ body: { id: '+44', ...rate } }),
  updateRate: () => ({ id: '%2B1', body: rate }),
  deleteRate: () => ({ id: '%2B1' }),
  importRates: () => ({ body: { mode: 'merge', rates: [{ id: '+44', ...rate }] } }),
  listGateways: () => ({ reach: 'everybody' }),
  getGateway: () => ({ id: 'gw1', reach: 'unbound' }),
  createGateway: () => ({ body: { id: 'gw9', host: 'sip.example' } }),
  updateGateway: () => ({ id: 'gw1', body: { host: 'other.example' } }),
  deleteGateway: () => ({ id: 'spare' }),
  importGateways: () => ({ body: { mode: 'merge', items: [{ id: 'gw9', host: 'sip.example' }] } }),
  listGatewayStatuses: () => ({ reach: 'unbound' }),
  getGatewayStatus: () => ({ id: 'gw1', reach: 'unbound' }),
  testGateway: () => ({ id: 'gw1', body: { number: null } }),
  getGatewayTest: () => ({ id: 'test-1', reach: 'unbound' }),
  listRoutes: () => ({ reach: 'everybody' }),
  getRoute: () => ({ id: 'us', reach: 'unbound' }),
  createRoute: () => ({ body: { id: 'new', prefixes: ['+'], gateways: [{ gatewayId: 'gw1' }] } }),
  updateRoute: () => ({ id: 'us', body: { prefixes: ['+49'] } }),
  deleteRoute: () => ({ id: 'us' }),
  importRoutes: () => ({ body: { mode: 'merge', items: [{ id: 'new', prefixes: ['+'] }] } }),
  listNumbers: (brand) => ({ query: `brandId=${brand}` }),
  getNumber: (brand) => ({ id: numbers[brand] }),
  createNumber: (brand) => ({ body: { id: '+12025550130', ...number(brand) } }),
  updateNumber: (brand) => ({ id: numbers[brand], body: { ...number(brand), ringSeconds: 20 } }),
  deleteNumber: (brand) => ({ id: numbers[brand] }),
  importNumbers: (brand) => ({ body: { mode: 'merge', items: [{ id: '+12025550130', ...number(brand) }] } }),
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
  listWebhooks: () => ({ reach: 'unbound' }),
  getWebhook: () => ({ id: 'wh1', reach: 'unbound' }),
  createWebhook: () => ({ body: webhook }),
  updateWebhook: () => ({ id: 'wh1', body: webhook }),
  deleteWebhook: () => ({ id: 'wh1' }),
  rotateWebhookSecret: () => ({ id: 'wh1' }),
  testWebhook: () => ({ id: 'wh1' }),
  redeliverWebhookEvent: () => ({ id: 'dlv1' }),
  listWebhookDeliveries: () => ({ reach: 'unbound' }),
  getWebhookDelivery: () => ({ id: 'dlv1', reach: 'unbound' }),
  listAuditEntries: (brand) => ({ query: `brandId=${brand}` }),
};

/** The administration behind its door; made anew only where something was changed, since that takes its time. */
export class Place {
  services = new FakeServices();
  #app = createHttpApp(this.services.deps('nowhere'));

  makeAnew(): void {
    this.services = new FakeServices();
    this.#app = createHttpApp(this.services.deps('nowhere'));
  }

  ask(
    { method, path, ifMatch: wanted }: Endpoint,
    { id, query, body, type = 'json', ifMatch = '"1"' }: Sample,
    token: string,
  ): Promise<Response> {
    const url = `${path.replace('{id}', id ?? '')}${query === undefined ? '' : `?${query}`}`;
    const asked = request(this.#app)[method](url).set('Authorization', `Bearer ${token}`);
    if (wanted && ifMatch !== null) asked.set('If-Match', ifMatch);
    if (body !== undefined) asked.type(type).send(body);
    return asked.then((response) => response);
  }

  async kept(): Promise<unknown> {
    const { users: kept, groups, rules, rates, brands, embedKeys, signingKeys, told, audit } = this.services.fixture;
    const { gateways, routes, numbers: ours, webhooks } = this.services.fixture;
    const lists = [kept, groups, rules, rates, brands, embedKeys, signingKeys, gateways, routes, ours, webhooks].map(
      (one) => one.list(),
    );
    return structuredClone([await Promise.all(lists), told, audit.entries]);
  }
}
