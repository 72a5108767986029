import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createHttpApp, createHttpServer } from './admin-api/index.ts';
import { Actors, type Administration } from './administration/index.ts';
import { CallHistory, type CallLogger, type MissedCalls } from './call-server/call-logger/index.ts';
import type { composeAccounts } from './composeAccounts.ts';
import type { composeBranding } from './composeBranding.ts';
import type { composeSip } from './composeSip.ts';
import type { Config } from './config/index.ts';
import { explained } from './explained.ts';
import { httpOrigin, type LoadBalancer, type PublicOrigins, userSchema } from './front-end-server/index.ts';
import type { MediasoupRelay } from './media-relay/index.ts';
import type { Metrics } from './metrics/index.ts';
import type { Logger } from './observability/index.ts';
import type { ProxyServer } from './proxy-server/index.ts';
import { readVersion } from './readVersion.ts';
import type { Storage } from './storage/index.ts';

type Made<Compose extends (...args: never[]) => unknown> = Awaited<ReturnType<Compose>>;

interface HttpDeps {
  readonly config: Pick<Config, 'http' | 'metrics'>;
  readonly storage: Pick<Storage, 'openCollection' | 'callRecords'>;
  readonly accounts: Made<typeof composeAccounts>;
  readonly brandAssets: Made<typeof composeBranding>['brandAssets'];
  readonly administration: Administration;
  readonly sip: Pick<Made<typeof composeSip>, 'holdings'>;
  readonly relay: Pick<MediasoupRelay, 'workerPids' | 'holdings'>;
  readonly activeCalls: () => number;
  /** What the call server holds, by name. */
  readonly callServerHoldings: () => Readonly<Record<string, number>>;
  readonly metrics: Metrics;
  readonly log: Pick<CallLogger, 'trouble'>;
  readonly proxyServer: Pick<ProxyServer, 'statuses'>;
  /** Null: whatever people reach it by. */
  readonly publicOrigins: PublicOrigins | null;
  readonly missed: MissedCalls;
  readonly logger: Logger;
}

/** The public door: pages, REST API and health. Nobody gets in before `listen`. */
export async function composeHttp(deps: HttpDeps) {
  const { config, storage, accounts, brandAssets, administration, sip, relay, activeCalls, publicOrigins } = deps;
  const { metrics, log, proxyServer } = deps;
  const app = createHttpApp({
    ...accounts,
    brandAssets,
    actors: new Actors({ users: await storage.openCollection('users', userSchema) }),
    administration,
    version: await readVersion(),
    contacts: accounts.addressBook,
    history: new CallHistory({ records: storage.callRecords, missed: deps.missed }),
    readiness: async () => ({
      checks: {
        mediaRelay: relay.workerPids().length > 0 || 'no media worker is running',
        callServer: await isServing(accounts.loadBalancer),
        callRecords: log.trouble ?? true,
        gateways: await canReachAny(proxyServer),
      },
    }),
    holdings: async () => ({
      calls: activeCalls(),
      callServer: { ...deps.callServerHoldings(), timers: runningTimers() },
      sip: sip.holdings(),
      media: await relay.holdings(),
    }),
    metrics: { token: config.metrics.token, contentType: metrics.contentType, text: () => metrics.text() },
    logger: deps.logger,
    randomBytes,
    clientDir: fileURLToPath(new URL('../dist/client', import.meta.url)),
    publicOrigin: publicOrigins && ((host) => publicOrigins.forHost(host)),
    trustProxy: config.http.trustProxy,
  });
  const server = await explained('The pages can’t be served', createHttpServer(app, config.http.tls));
  return {
    server,
    /** Resolves with where it is reached from now on. @throws StartError */
    listen: async () => httpOrigin(await listen(server, config.http)),
    close: () => closeServer(server),
  };
}

async function listen(server: Server, { host, port, tls }: Config['http']): Promise<Parameters<typeof httpOrigin>[0]> {
  server.listen({ host, port });
  await explained('The pages can’t be served', once(server, 'listening'));
  return { isSecure: tls !== undefined, host, port: (server.address() as AddressInfo).port };
}

/** True when the load balancer would give a session to some call server. */
async function isServing(loadBalancer: Pick<LoadBalancer, 'choose'>): Promise<true | string> {
  return loadBalancer.choose().then(
    () => true,
    () => 'no call server takes sessions',
  );
}

/** True when some gateway takes calls, or there is none (yet). */
async function canReachAny(proxyServer: Pick<ProxyServer, 'statuses'>): Promise<true | string> {
  const states = (await proxyServer.statuses()).map(({ state }) => state).filter((state) => state !== 'off');
  const isUsable = states.length === 0 || states.some((state) => state !== 'down' && state !== 'resting');
  return isUsable || `none of ${states.length} gateways takes calls`;
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/** Timers for which this thread stays up, whoever set them. */
function runningTimers(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
}
