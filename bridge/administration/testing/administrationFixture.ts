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
import { MemoryActiveCallStore, MemoryCollection } from '../../storage/memory/index.ts';
import { type Actor, Actors, type AdministrativeRole } from '../Actor.ts';
import { type AdministrationDeps, createAdministration } from '../createAdministration.ts';
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
} from './entities.ts';
import { FakeAccounts } from './FakeAccounts.ts';
import { FakeAuditStore } from './FakeAuditStore.ts';
import { callTrace, FakeCallRecords } from './FakeCallRecords.ts';

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
  const callRecords = new FakeCallRecords();
  const clock = new FakeClock();
  const callNews = new EventEmitter<CallLoggerEvents>();
  const activeCalls = new MemoryActiveCallStore();
  const told: string[] = [];
  const tell = (what: string) => async () => void told.push(what);
  const made = 0;
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
    callRecords,
    display: new DisplayUnit({
      activeCalls,
      traffic: new CallTraffic({ log: callNews, clock }),
      owners: [{ endByOperator: (id) => id !== 'gone' && told.push(`ended ${id}`) > 0 }],
      log: { event: (id, type, { detail } = {}) => void told.push(`${id} ${type} ${JSON.stringify(detail)}`) },
    }),
