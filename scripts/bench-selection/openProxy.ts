import { composeProxy } from '../../bridge/composeProxy.ts';
import { loadConfig } from '../../bridge/config/index.ts';
import { createLogger, systemClock } from '../../bridge/observability/index.ts';
import { type Collection, createStorage, type Entity } from '../../bridge/storage/index.ts';
import { type Gateway, gatewaySchema, type Route, routeSchema } from '../../shared/admin/index.ts';

/** Writes them to a data folder, as the bridge keeps them. */
export async function fillStorage(
  dataDir: string,
  network: { gateways: readonly Gateway[]; routes: readonly Route[] },
) {
  const storage = await createStorage({ dataDir, logger: createLogger({ level: 'silent' }) });
  await fill(await storage.openCollection('gateways', gatewaySchema), network.gateways);
  await fill(await storage.openCollection('routes', routeSchema), network.routes);
  await storage.close();
}

/** The proxy server, put together as in the bridge, over such a data folder; and how long it took until it could choose. */
export async function openProxy(dataDir: string) {
  const clock = systemClock;
  const logger = createLogger({ level: 'silent' });
  const env = { DIALBRIDGE_CALL_SERVER_REGION: 'frankfurt' };
  const { config } = await loadConfig({ env, cwd: dataDir });
  const storage = await createStorage({ dataDir, logger });
  const startedAt = performance.now();
  const gateways = await storage.openCollection('gateways', gatewaySchema);
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
  const loadMs = performance.now() - startedAt;
  return {
    ...proxy,
    gateways,
    loadMs,
    close: async () => {
      await proxy.close();
      await storage.close();
    },
  };
}

export async function fill<T extends Entity>(collection: Collection<T>, entities: readonly T[]): Promise<void> {
  await collection.updateAll(() => new Map(entities.map((entity) => [entity.id, entity])));
}
