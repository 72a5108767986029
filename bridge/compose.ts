/** The only place that builds across folders: every room is made here, in the order in which rooms need each other. */

import { randomBytes, randomUUID } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { gatewaySchema, numberSchema, routeSchema, ruleSchema } from '../shared/admin/index.ts';
import { Closers } from './Closers.ts';
import { CallDirector } from './call-server/call-director/index.ts';
import {
  CallLogger,
  keptSeenMarkSchema,
  MissedCalls,
  Retention,
  type RetentionOptions,
  StaleCalls,
} from './call-server/call-logger/index.ts';
import {
  CallQualities,
  CallTraces,
  CallTraffic,
  DialogKeeper,
  DisplayUnit,
  endLeftovers,
  HandOver,
  LocalCallServer,
  MediaChecks,
  mediaWatcher,
} from './call-server/index.ts';
import { ClientGateway } from './client-gateway/index.ts';
import { composeAccounts } from './composeAccounts.ts';
import { composeAdministration } from './composeAdministration.ts';
import { composeBranding } from './composeBranding.ts';
import { composeDirector } from './composeDirector.ts';
import { composeGatewayTests } from './composeGatewayTests.ts';
import { composeHttp } from './composeHttp.ts';
import { composeIncoming } from './composeIncoming.ts';
import { composeProxy } from './composeProxy.ts';
import { composeSip } from './composeSip.ts';
import { composeWebhooks } from './composeWebhooks.ts';
import type { Config } from './config/index.ts';
import { startDemoGateway } from './demo-gateway/index.ts';
import { explained } from './explained.ts';
import { CallServerHeartbeat, PublicOrigins } from './front-end-server/index.ts';
import { MediasoupRelay } from './media-relay/index.ts';
import { Metrics } from './metrics/index.ts';
import { type Logger, systemClock } from './observability/index.ts';
import { demoContacts, seedNetwork } from './seedNetwork.ts';
import { createStorage } from './storage/index.ts';

/** How long clients wait before they look for a call server that has gone away, in milliseconds. */
const reconnectAfterMs = 3000;

export interface Bridge {
  /** Where people reach it, e.g. `http://127.0.0.1:8080`. */
  readonly origin: string;
  /** Set at the very first start: told once, kept nowhere. */
  readonly firstOperator: { userName: string; password: string; signInToken: string } | null;
  /** Ends every call, then closes everything in reverse order. Idempotent. */
  close(): Promise<void>;
}

/** Builds and starts a bridge. @throws StartError, StorageError with a sentence for the operator; nothing is left running then */
export async function compose(deps: { config: Config; logger: Logger }): Promise<Bridge> {
  const closers = new Closers();
  try {
    return await build(deps, closers);
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

async function build({ config, logger }: { config: Config; logger: Logger }, closers: Closers): Promise<Bridge> {
  const clock = systemClock;
  const callServerId = config.callServer.id;
  const publicOrigin = config.http.publicUrl === null ? null : new URL(config.http.publicUrl).origin;

  const storage = closers.add(await createStorage({ dataDir: config.dataDir, logger }));
  const gateways = await storage.openCollection('gateways', gatewaySchema);
  const routes = await storage.openCollection('routes', routeSchema);
  const numbers = await storage.openCollection('numbers', numberSchema);
  const rules = await storage.openCollection('rules', ruleSchema);

  const demo = config.demoGateway
    ? closers.add(
        await startDemoGateway({ logger: logger.child({ room: 'demo-gateway' }) }, { host: '127.0.0.1', port: 0 }),
      )
    : null;
  await seedNetwork({ gateways, routes, numbers, rules }, config.seed, demo);
  const branding = closers.add(await composeBranding({ config, storage, clock, logger }));
  const { brands, brandAssets } = branding;
  const publicOrigins = publicOrigin === null ? null : new PublicOrigins({ publicOrigin, brands });
  const starterContacts = demo ? demoContacts(demo.numbers) : [];
  const accounts = closers.add(await composeAccounts({ config, storage, clock, logger, brands, starterContacts }));

  const [sip, relay] = await Promise.all([
    explained('SIP can’t be started', composeSip({ config: config.sip, clock, logger })).then((made) =>
      closers.add(made),
    ),
    explained(
      'The media relay can’t be started',
      MediasoupRelay.create({ logger: logger.child({ room: 'media-relay' }) }, config.media),
    ).then((made) => closers.add(made)),
  ]);

  const log = new CallLogger({
    activeCalls: storage.activeCalls,
    records: storage.callRecords,
    clock,
    logger,
    callServerId,
  });
  closers.add(log);
  await log.recover();
  closers.add(
    new Retention(
      { records: storage.callRecords, traces: storage.callTraces, clock, logger },
      retentionOf(config.records),
    ),
  );

  const traces = closers.add(new CallTraces({ sip, log, store: storage.callTraces, clock, logger }));

  const proxy = closers.add(await composeProxy({ config, storage, gateways, routes, sip, clock, logger }));
  const { proxyServer } = proxy;
  const hooks = closers.add(await composeWebhooks({ config, storage, log, proxyServer, clock, logger }));
  const { dialogs, callRecords: records } = storage;
  const leftovers = await endLeftovers({ dialogs, records, sip, proxyServer, clock, logger, callServerId });
  closers.add({ close: () => leftovers.done });
  const keeper = new DialogKeeper({ dialogs, logger, callServerId });
  // Everything that makes or takes calls does so by this.
  const callSip = {
    ...keeper.keeping(sip),
    events: sip.events,
    locate: sip.locate.bind(sip),
    noteFailure: sip.noteFailure.bind(sip),
  };
  const { users, embedKeys } = accounts;
  const decisions = closers.add(
    await composeDirector({ config, storage, rules, users, brands, embedKeys, proxyServer, clock, logger }),
  );
  const { authorizer, limits } = decisions;
  const qualities = new CallQualities({
    ...{ clock, logger },
    onMeasured: (callId, point) => traces.measured(callId, point),
  });
  const watchers = [qualities.watch, mediaWatcher({ clock, logger }, config.calls)];
  const checks = closers.add(new MediaChecks({ relay, clock, logger }));
  const director = closers.add(
    new CallDirector(
      {
        watchers,
        sip: callSip,
        relay,
        log,
        authorizer,
        limits,
        proxyServer,
        newId: randomUUID,
        clock,
        logger,
      },
      {
        callServerId,
        ...config.calls,
        dtmf: { durationMs: config.calls.dtmfToneMs, gapMs: config.calls.dtmfGapMs },
      },
    ),
  );
  const coming = closers.add(
    await composeIncoming({
      ...{
        config,
        storage,
        numbers,
        users,
        sip: callSip,
        dialogs: keeper,
        relay,
        authorizer,
        limits,
        proxyServer,
        log,
        clock,
        logger,
        watchers,
      },
    }),
  );
  const { incoming, devices, registrations, availabilities } = coming;
  closers.add(
    new StaleCalls({
      ...{ activeCalls: storage.activeCalls, records: storage.callRecords, callServers: accounts.callServers },
      ...{ own: { id: callServerId, has: (id) => log.has(id) }, clock, logger },
    }),
  );
  const activeCalls = () => director.activeCalls + incoming.activeCalls;
  closers.add(
    await CallServerHeartbeat.create({
      callServers: accounts.callServers,
      self: {
        id: callServerId,
        // Wherever the person is: the public origin, or a brand's own host name.
        url: null,
        region: config.callServer.region,
        capacity: config.callServer.maxCalls,
      },
      activeCalls,
      clock,
      logger,
    }),
  );

  const tester = closers.add(composeGatewayTests({ config, storage, sip, relay, proxyServer, clock, logger }));
  const administration = await composeAdministration({
    config,
    storage,
    accounts,
    branding,
    director: decisions,
    webhooks: hooks.administration,
    display: new DisplayUnit({
      ...{ log, activeCalls: storage.activeCalls, owners: [director, incoming] },
      traffic: new CallTraffic({ log, clock }),
    }),
    network: {
      onChanged: {
        gateways: () => proxy.reload(),
        routes: () => proxy.reload(),
        numbers: () => coming.book.reload(),
      },
      statuses: {
        list: () => proxyServer.statuses(),
        get: (id) => proxyServer.statusOf(id),
      },
      tester,
      countryOf: (id) => proxyServer.gateway(id)?.incoming.country ?? null,
    },
    clock,
  });
  const handOver = new HandOver({ director, devices, clock, randomBytes });
  const missed = new MissedCalls({
    records: storage.callRecords,
    marks: await storage.openCollection('history-seen', keptSeenMarkSchema, { shards: 16 }),
    clock,
  });
  const http = closers.add(
    await composeHttp({
      ...{ config, storage, accounts, brandAssets, administration, sip, relay, activeCalls, publicOrigins, logger },
      ...{ log, missed, proxyServer },
      callServerHoldings: () => ({
        callsWithKeys: handOver.callsWithKeys,
        // Whatever looks on at calls listens to these; what listens to a call goes with it.
        listeners: [director, incoming, log, sip.events].reduce((sum, emitter) => sum + listenersOf(emitter), 0),
      }),
      metrics: new Metrics({
        ...{ log, sip, relay, proxyServer, activeCalls, connectedDevices: () => devices.count },
        webhooks: hooks.webhooks,
      }),
    }),
  );
  const clientGateway = closers.add(
    new ClientGateway(
      {
        httpServer: http.server,
        callServer: new LocalCallServer({
          ...{ director, incoming, devices, registrations, availabilities, handOver, qualities, checks },
        }),
        accessTokens: accounts.accessTokens,
        revocations: accounts.revocations,
        brands: accounts.brands,
        pageOrigins: accounts.pageOrigins,
        callerNumbersOf: accounts.callerNumbersOf,
        clock,
        logger,
      },
      {
        callServerId,
        reconnectWindowMs: config.calls.reconnectWindowMs,
        ...(publicOrigins && { isOwnOrigin: (origin: string) => publicOrigins.has(origin) }),
        trustProxy: config.http.trustProxy,
      },
    ),
  );
  brands.events.on('faceChanged', () => clientGateway.repaint());
  accounts.addressBook.events.on('changed', ({ userId }) => clientGateway.notifyUser(userId, 'contacts:changed'));
  missed.on('seen', ({ userId }) => clientGateway.notifyUser(userId, 'history:changed'));
  log.on('recordClosed', ({ userId }) => clientGateway.notifyUser(userId, 'history:changed'));
  // Closed first: nobody may dial while the calls are being ended.
  closers.add({
    close: async () => {
      clientGateway.announceGoingAway(reconnectAfterMs);
      await incoming.close();
      await director.close();
      // While there is still who tells the world of the ends.
      await log.close();
    },
  });

  const listensAt = await http.listen();
  proxy.watch();
  const origin = publicOrigin ?? listensAt;
  return { origin, firstOperator: accounts.firstOperator, close: () => closers.closeAll() };
}

function retentionOf(records: Config['records']): RetentionOptions {
  const toMs = (days: number | null) => (days === null ? null : days * 86_400_000);
  return {
    anonymiseAfterMs: toMs(records.anonymiseAfterDays),
    forgetAfterMs: toMs(records.forgetAfterDays),
    forgetTracesAfterMs: toMs(records.forgetTracesAfterDays),
  };
}

function listenersOf(emitter: Pick<EventEmitter, 'eventNames' | 'listenerCount'>): number {
  return emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0);
}
