import {
  type BrandSettings,
  brandSettingsSchema,
  type EmbedKey,
  type ExplainRequest,
  type Explanation,
  embedKeySchema,
  explanationSchema,
  type Gateway,
  type GatewayStatusView,
  type GatewayTest,
  type Group,
  gatewaySchema,
  gatewayStatusViewSchema,
  gatewayTestSchema,
  groupSchema,
  type NumberEntry,
  numberSchema,
  type Rate,
  type Route,
  type Rule,
  routeSchema,
  ruleSchema,
} from '../../../shared/admin/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import { checkBrand, type SigningKey, signingKeySchema, type User, userSchema } from '../../front-end-server/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { MemoryCollection } from '../../storage/memory/index.ts';
import { type Actor, Actors, type AdministrativeRole } from '../Actor.ts';
import { type AdministrationDeps, createAdministration } from '../createAdministration.ts';
import { FakeAccounts } from './FakeAccounts.ts';
import { FakeAuditStore } from './FakeAuditStore.ts';

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
  const audit = new FakeAuditStore();
  const clock = new FakeClock();
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
    audit,
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
    },
    clock,
    newId: () => `new-${++made}`,
    randomBytes: (size) => new Uint8Array(size).fill(7),
    ...more,
  };
  return {
    ...collections,
    actors: new Actors(collections),
    administration: createAdministration(deps),
    audit,
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

function user(userName: string, more: object): User {
  return userSchema.parse({
    id: userName,
    userName,
    displayName: userName,
    role: 'user',
    passwordHash: 'hash',
    createdAtMs: 1,
    ...more,
  });
}

function group(id: string, brandId: string | null): Group {
  return groupSchema.parse({ id, name: id, brandId });
}

export function rule(id: string, more: object): Rule {
  return ruleSchema.parse({ id, action: 'allow', ...more });
}

function rate(id: string): Rate {
  return {
    id,
    pricePerMinute: 0.01,
    connectionFee: 0,
    firstSeconds: 60,
    incrementSeconds: 60,
    revision: 1,
    updatedAtMs: 0,
  };
}

function gateway(id: string, more: object): Gateway {
  return gatewaySchema.parse({ id, host: 'sip.example', ...more });
}

function number(id: string, brandId: string, userName: string): NumberEntry {
  return numberSchema.parse({ id, brandId, destination: { kind: 'user', userName } });
}

const figures = { tried: 0, answered: 0, failed: 0, answerRate: null, postDialDelayMs: null, mos: null };
const gatewayStatus: GatewayStatusView = gatewayStatusViewSchema.parse({
  gatewayId: 'gw1',
  state: 'up',
  sinceMs: 1,
  problem: null,
  share: 1,
  resumeAtMs: null,
  lastProbeAtMs: 1,
  roundTripMs: 2,
  registration: null,
  addresses: [],
  calls: 0,
  maxCalls: null,
  lastHour: figures,
  history: [],
  changes: [],
});
const gatewayTest: GatewayTest = gatewayTestSchema.parse({
  id: 'test-1',
  gatewayId: 'gw1',
  state: 'running',
  startedAtMs: 1,
  endedAtMs: null,
  steps: [],
  messages: [],
});

function brand(id: string, more: object): BrandSettings {
  return brandSettingsSchema.parse({ id, name: id, ...more });
}

function embedKey(id: string, brandId: string): EmbedKey {
  return embedKeySchema.parse({
    id,
    name: id,
    brandId,
    origins: ['https://shop.example'],
    destinations: [{ number: '+12025550100' }],
    createdAtMs: 1,
  });
}

/** As if the call were allowed after looking at every rule there is at first. */
function explanationOf({ atMs = 0 }: ExplainRequest): Explanation {
  const looked = ['everywhere', 'blue-us', 'red-us'].map((ruleId) => ({
    ruleId,
    name: ruleId,
    action: 'allow',
    isMatch: ruleId === 'red-us',
    miss: ruleId === 'red-us' ? null : 'brand',
    text: `It is ${ruleId}`,
    isDraft: false,
  }));
  return explanationSchema.parse({
    decision: 'allow',
    error: null,
    atMs,
    destination: null,
    steps: [],
    rules: looked,
    matchedRuleId: 'red-us',
    limits: [],
    maxDurationMs: null,
    cost: null,
    callerNumber: null,
    gateways: { candidates: [], steps: [] },
  });
}

function signingKey(id: string, brandId: string): SigningKey {
  return signingKeySchema.parse({
    id,
    name: id,
    brandId,
    algorithm: 'HS256',
    issuer: 'shop',
    publicKey: null,
    secret: 'kept secret',
    createdAtMs: 1,
  });
}
