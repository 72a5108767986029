import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeAccounts } from '../../bridge/composeAccounts.ts';
import { composeBranding } from '../../bridge/composeBranding.ts';
import { composeDirector } from '../../bridge/composeDirector.ts';
import { composeProxy } from '../../bridge/composeProxy.ts';
import { loadConfig } from '../../bridge/config/index.ts';
import { userNameClaimSchema, userSchema } from '../../bridge/front-end-server/index.ts';
import { createLogger, systemClock } from '../../bridge/observability/index.ts';
import { type Collection, createStorage, type Entity } from '../../bridge/storage/index.ts';
import {
  brandSettingsSchema,
  embedKeySchema,
  gatewaySchema,
  rateSchema,
  routeSchema,
  ruleSchema,
} from '../../shared/admin/index.ts';
import { Dice, inventBrands, inventEmbedKeys, inventRates, inventRules, inventUsers } from './inventData.ts';

/** What decides on calls, put together as in the bridge, over a storage that is full. */
export async function openBridge() {
  const dataDir = await mkdtemp(join(tmpdir(), 'dialbridge-bench-'));
  const clock = systemClock;
  const logger = createLogger({ level: 'silent' });
  const { config } = await loadConfig({ env: {}, cwd: dataDir });
  const storage = await createStorage({ dataDir, logger });
  const dice = new Dice(20_260_709);
  const users = inventUsers(dice);
  const embedKeys = inventEmbedKeys(dice);
  const rules = await storage.openCollection('rules', ruleSchema);
  const gateways = await storage.openCollection('gateways', gatewaySchema);
  await fill(await storage.openCollection('users', userSchema), users);
  await fill(
    await storage.openCollection('user-names', userNameClaimSchema),
    users.map(({ id, userName }) => ({ id: userName, userId: id })),
  );
  await fill(await storage.openCollection('brands', brandSettingsSchema), inventBrands(dice));
  await fill(await storage.openCollection('embed-keys', embedKeySchema), embedKeys);
  await fill(await storage.openCollection('rates', rateSchema), inventRates(dice));
  await fill(rules, inventRules(dice));
  await fill(gateways, [gatewaySchema.parse({ id: 'gw1', host: '127.0.0.1' })]);
  const branding = await composeBranding({ config, storage, clock, logger });
  const { brands } = branding;
  const accounts = await composeAccounts({ config, storage, clock, logger, brands, starterContacts: [] });
  const routes = await storage.openCollection('routes', routeSchema);
  // No gateway is looked after here.
  const unused = (): never => {
    throw new Error('not used');
  };
  const sip = {
    locate: unused,
    probe: unused,
    noteFailure: unused,
    register: unused,
    setPeers: unused,
    forget: unused,
  };
  const proxy = await composeProxy({ config, storage, gateways, routes, sip, clock, logger });
  const { proxyServer } = proxy;
  const director = await composeDirector({
    ...{ config, storage, rules, brands, proxyServer, clock, logger },
    users: accounts.users,
    embedKeys: accounts.embedKeys,
  });
  return {
    ...director,
    brands,
    users,
    embedKeys,
    dice,
    close: async () => {
      await director.close();
      await proxy.close();
      await accounts.close();
      branding.close();
      await storage.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function fill<T extends Entity>(collection: Collection<T>, entities: readonly T[]): Promise<void> {
  await collection.updateAll(() => new Map(entities.map((entity) => [entity.id, entity])));
}
