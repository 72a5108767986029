import type { Gateway, Route } from '../shared/admin/index.ts';
import { Closers } from './Closers.ts';
import { ZoneClocks } from './calendar/index.ts';
import type { Config } from './config/index.ts';
import type { Clock, Logger } from './observability/index.ts';
import {
  CallReports,
  FigureBook,
  GatewayBook,
  GatewayMonitor,
  GatewayWatch,
  ProxyServer,
  Regions,
  RouteBook,
  StatusBook,
  TrunkRegistrations,
} from './proxy-server/index.ts';
import type { SipStack } from './sip-stack/index.ts';
import type { Collection, Storage } from './storage/index.ts';

interface ProxyDeps {
  readonly config: Pick<Config, 'probes' | 'callServer' | 'regions'>;
  readonly storage: Pick<Storage, 'openTransientCollection' | 'gatewayLoads'>;
  readonly gateways: Collection<Gateway>;
  readonly routes: Collection<Route>;
  readonly sip: Pick<SipStack, 'locate' | 'probe' | 'noteFailure' | 'register' | 'setPeers' | 'forget'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What knows the gateways. `watch` begins to look after them; closing ends that. */
export async function composeProxy(deps: ProxyDeps) {
  const { config, storage, sip, clock, logger } = deps;
  const closers = new Closers();
  const { id: callServerId, region } = config.callServer;
  const { calls: breaker, ...probes } = config.probes;
  const random = Math.random;
  const clocks = new ZoneClocks();
  // Calls of this call server that were up when it went down are gone.
  await storage.gatewayLoads.releaseAll(callServerId);
  const book = closers.add(await GatewayBook.create({ gateways: deps.gateways, clocks, clock, logger }));
  const routes = closers.add(await RouteBook.create({ routes: deps.routes, clocks, clock, logger }));
  const figures = closers.add(
    await FigureBook.create({ figures: storage.openTransientCollection('gateway-figures'), clock, logger }),
  );
  const statuses = closers.add(
    await StatusBook.create(
      {
        gateways: book,
        statuses: storage.openTransientCollection('gateway-statuses'),
        changes: storage.openTransientCollection('gateway-changes'),
        ...{ clock, logger },
      },
      { callServerId, breaker },
    ),
  );
  const monitor = closers.add(new GatewayMonitor({ gateways: book, statuses, sip, clock, logger, random }, probes));
  const registrations = closers.add(
    new TrunkRegistrations({ gateways: book, statuses, sip, logger }, { callServerId }),
  );
  const reports = new CallReports({ statuses, figures, monitor, clock, logger }, breaker);
  const proxyServer = new ProxyServer(
    {
      ...{ book, routes, statuses, reports, figures, registrations, clock, logger, random },
      loads: storage.gatewayLoads,
      regions: new Regions(region, config.regions),
    },
    { callServerId },
  );
  const watch = new GatewayWatch({ book, statuses, figures, monitor, registrations, sip, logger });
  return {
    proxyServer,
    /** After gateways or routes were edited here. */
    reload: async () => {
      await Promise.all([book.reload(), routes.reload()]);
    },
    watch: () => watch.start(),
    close: () => closers.closeAll(),
  };
}
