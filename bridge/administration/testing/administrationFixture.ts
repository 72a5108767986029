import { EventEmitter } from 'node:events';
import {
  type BrandSettings,
  type EmbedKey,
  type Gateway,
  type Group,
  type NumberEntry,
  type Rate,
  type Route,
  type Rule,
  routeSchema,
} from '../../../shared/admin/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { CallLoggerEvents } from '../../call-server/call-logger/index.ts';
import { CallTraffic, DisplayUnit } from '../../call-server/index.ts';
import { checkBrand, type SigningKey, type User } from '../../front-end-server/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { MemoryActiveCallStore, MemoryCollection, MemoryWebhookDeliveryStore } from '../../storage/memory/index.ts';
import type { KeptWebhook } from '../../webhooks/index.ts';
import { type AdministrationDeps, createAdministration } from '../createAdministration.ts';
import { type Actor, Actors, type AdministrativeRole } from '../editing/Actor.ts';
import {
  brand,
  embedKey,
  explanationOf,
  gateway,
  gatewayStatus,
  gatewayTest,
  group,
  number,
  rate,
  rule,
  signingKey,
  user,
  webhook,
  webhookDelivery,
} from './entities.ts';
import { FakeAccounts } from './FakeAccounts.ts';
import { FakeAuditStore } from './FakeAuditStore.ts';
import { callTrace, FakeCallRecords } from './FakeCallRecords.ts';
import { FakeWebhookSender } from './FakeWebhookSender.ts';

/** Two brands (`red` has the manager), a user and a group of each, rules of one, of the other and of all. */
export function administrationFixture(more: Partial<AdministrationDeps> = {}) {
  const users = new MemoryCollection<User>([
    user('olga', { role: 'operator' }),
    user('mia', { role: 'brandManager', brandId: 'red' }),
    user('adam', { role: 'auditor' }),
    user('abby', { role: 'auditor', brandId: 'red' }),
    user('ruth', { brandId: 'red' }),
    user('bob', { brandId: 'blue' }),
    user('nina', {}),
  ]);
  const collections = {
    users,
    groups: new MemoryCollection<Group>([group('red-sales', 'red'), group('blue-sales', 'blue'), group('vip', null)]),
    rules: new MemoryCollection<Rule>([
      rule('everywhere', { order: 10, action: 'deny', to: { types: ['premiumRate'] } }),
      rule('red-us', { order: 20, from: { brands: ['red'] }, to: { prefix: '+1' } }),
      rule('blue-us', { order: 30, from: { brands: ['blue'] }, to: { prefix: '+1' } }),
    ]),
    gateways: new MemoryCollection<Gateway>([
      gateway('gw1', { credentials: { userName: 'trunk', password: 'a kept password' } }),
      gateway('spare', {}),
    ]),
    routes: new MemoryCollection<Route>([
      routeSchema.parse({ id: 'us', prefixes: ['+1'], gateways: [{ gatewayId: 'gw1' }] }),
    ]),
    numbers: new MemoryCollection<NumberEntry>([
      number('+12025550110', 'red', 'ruth'),
      number('+12025550120', 'blue', 'bob'),
    ]),
    rates: new MemoryCollection<Rate>([rate('+1'), rate('+49')]),
    brands: new MemoryCollection<BrandSettings>([
      brand('default', {}),
      brand('red', { hostNames: ['red.example'], callerNumbers: ['+12025550100'] }),
      brand('blue', { hostNames: ['blue.example'] }),
    ]),
    embedKeys: new MemoryCollection<EmbedKey>([embedKey('pk_red', 'red'), embedKey('pk_blue', 'blue')]),
    signingKeys: new MemoryCollection<SigningKey>([signingKey('sk-red', 'red'), signingKey('sk-blue', 'blue')]),
  };
  const webhooks = new MemoryCollection<KeptWebhook>([webhook('wh1')]);
  const webhookDeliveries = new MemoryWebhookDeliveryStore();
  void webhookDeliveries.add([webhookDelivery], 10);
  const audit = new FakeAuditStore();
  const callRecords = new FakeCallRecords();
  const clock = new FakeClock();
  const callNews = new EventEmitter<CallLoggerEvents>();
  const activeCalls = new MemoryActiveCallStore();
  const told: string[] = [];
  const tell = (what: string) => async () => void told.push(what);
  let made = 0;
  const deps: AdministrationDeps = {
    ...collections,
    gatewayStatuses: {
      list: async () => [gatewayStatus],
      get: async (id) => (id === 'gw1' ? gatewayStatus : undefined),
    },
    gatewayTester: {
      start: async (gatewayId) => {
        if (gatewayId !== 'gw1') throw new DialbridgeError('notFound');
        told.push(`test of ${gatewayId}`);
        return gatewayTest;
      },
      get: async (id) => (id === gatewayTest.id ? gatewayTest : undefined),
    },
    webhooks: {
      ...{ collection: webhooks, deliveries: webhookDeliveries },
      sender: new FakeWebhookSender({ deliveries: webhookDeliveries }),
      findUrlProblem: (url) => (url.startsWith('https:') ? null : 'expected https'),
    },
    audit,
    callRecords,
    callTraces: { get: async () => structuredClone(callTrace) },
    display: new DisplayUnit({
      activeCalls,
      traffic: new CallTraffic({ log: callNews, clock }),
      owners: [{ endByOperator: (id) => id !== 'gone' && told.push(`ended ${id}`) > 0 }],
      log: { event: (id, type, { detail } = {}) => void told.push(`${id} ${type} ${JSON.stringify(detail)}`) },
    }),
    accounts: new FakeAccounts(users),
    userSessions: {
      signOutEverywhere: async (userId) => void told.push(`signed out ${userId}`),
      createSignInLink: async ({ id }, origin) => ({ url: `${origin}/#sign-in=${id}`, expiresAtMs: 5 }),
    },
    accessKeyRing: {
      list: () => [{ id: 'k1', createdAtMs: 1, state: 'current', retiresAtMs: null }],
      rotate: tell('rotated'),
    },
    makeSigningKeyMaterial: ({ algorithm, publicKey = null }) =>
      algorithm === 'HS256' ? { publicKey: null, secret: 'a secret of the key' } : { publicKey, secret: null },
    checkBrand: (one, all) => checkBrand(one, all),
    addBrandAsset: async (brandId) => ({ id: `asset0123456789of${brandId}`, url: '/asset' }),
    defaultBrandId: brand('default', {}).id,
    isEmergency: (digits) => digits === '112',
    isHighRisk: (e164) => e164.startsWith('+1900'),
    explain: { explain: async (request) => explanationOf(request) },
    onChanged: {
      rules: tell('rules'),
      rates: tell('rates'),
      gateways: tell('gateways'),
      routes: tell('routes'),
      numbers: tell('numbers'),
      brands: tell('brands'),
      embedKeys: tell('embedKeys'),
      signingKeys: tell('signingKeys'),
      webhooks: tell('webhooks'),
    },
    clock,
    newId: () => `new-${++made}`,
    randomBytes: (size) => new Uint8Array(size).fill(7),
    ...more,
  };
  return {
    ...collections,
    webhooks,
    webhookDeliveries,
    actors: new Actors(collections),
    administration: createAdministration(deps),
    audit,
    callRecords,
    activeCalls,
    callNews,
    clock,
    told,
  };
}

export function actor(role: AdministrativeRole, brandId: string | null = null): Actor {
  const name = `${role}-of-${brandId ?? 'all'}`;
  return { userId: name, userName: name, role, brandId, address: '192.0.2.7' } as Actor;
}

export const operator = actor('operator');
export const redManager = actor('brandManager', 'red');
export const auditor = actor('auditor');
export const redAuditor = actor('auditor', 'red');
