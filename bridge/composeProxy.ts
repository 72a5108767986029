import type { Gateway, Route } from '../shared/admin/index.ts';
import { Closers } from './Closers.ts';
import type { Config } from './config/index.ts';
import { type Clock, drop, type Logger } from './observability/index.ts';
import { GatewayBook, GatewayMonitor, type GatewayStatus, ProxyServer } from './proxy-server/index.ts';
import type { SipStack } from './sip-stack/index.ts';
import type { Collection, Storage } from './storage/index.ts';

interface ProxyDeps {
  readonly config: Pick<Config, 'probes' | 'callServer'>;
  readonly storage: Pick<Storage, 'openTransientCollection' | 'gatewayLoads'>;
  readonly gateways: Collection<Gateway>;
  readonly routes: Collection<Route>;
  readonly sip: Pick<SipStack, 'probe'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What knows the gateways. `watch` begins to look after them; closing ends that. */
export async function composeProxy(deps: ProxyDeps) {
  const { config, storage, gateways, sip, clock, logger } = deps;
  const closers = new Closers();
  const callServerId = config.callServer.id;
  const statuses = storage.openTransientCollection<GatewayStatus>('gateway-statuses');
  // Calls of this call server that were up when it went down are gone.
  await storage.gatewayLoads.releaseAll(callServerId);
  const book = closers.add(await GatewayBook.create({ gateways, clock, logger }));
  const monitor = closers.add(
    new GatewayMonitor({ gateways, statuses, sip, clock, logger, random: Math.random }, config.probes),
  );
  const proxyServer = new ProxyServer(
    { book, statuses, loads: storage.gatewayLoads, monitor, clock, logger },
    { callServerId },
  );
  return {
    proxyServer,
    /** After gateways or routes were edited here. */
    reload: () => book.reload(),
    watch: () => drop(monitor.watchAll(), logger, 'probing the gateways for the first time'),
    close: () => closers.closeAll(),
  };
}
