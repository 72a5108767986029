import { type Gateway, gatewaySchema, type Route, routeSchema } from '../../../shared/admin/index.ts';
import type { BrandId, CallId, CallServerId, GatewayId } from '../../../shared/domain/index.ts';
import { ZoneClocks } from '../../calendar/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { MemoryCollection, MemoryGatewayLoadStore } from '../../storage/index.ts';
import { FigureBook } from '../figures/FigureBook.ts';
import type { QuartersOfGateway } from '../figures/quarters.ts';
import type { GatewayCallReport } from '../GatewayCallReport.ts';
import { GatewayWatch } from '../GatewayWatch.ts';
import { GatewayBook } from '../gateways/GatewayBook.ts';
import { ProxyServer } from '../ProxyServer.ts';
import { RouteBook } from '../routes/RouteBook.ts';
import { type Coordinates, Regions } from '../selection/Regions.ts';
import type { SelectionRequest } from '../selection/SelectionRequest.ts';
import type { BreakerOptions } from '../status/Breaker.ts';
import { CallReports } from '../status/CallReports.ts';
import { GatewayMonitor } from '../status/GatewayMonitor.ts';
import type { GatewayStatus } from '../status/GatewayStatus.ts';
import { type GatewayChanges, type StateChange, StatusBook } from '../status/StatusBook.ts';
import { TrunkRegistrations } from '../trunk-registration/TrunkRegistrations.ts';
import { FakeTrunks } from './FakeTrunks.ts';

export const usualBreaker: BreakerOptions = {
  window: 20,
  windowMs: 300_000,
  minAttempts: 6,
  failureShare: 0.5,
  outMs: 30_000,
  maxOutMs: 600_000,
  shares: [0.1, 0.25, 0.5, 1],
  attemptsPerShare: 5,
};

/** What call servers share. */
export class SharedStores {
  readonly gateways = new MemoryCollection<Gateway>();
  readonly routes = new MemoryCollection<Route>();
  readonly statuses = new MemoryCollection<GatewayStatus>();
  readonly changes = new MemoryCollection<GatewayChanges>();
  readonly figures = new MemoryCollection<QuartersOfGateway>();
  readonly loads = new MemoryGatewayLoadStore();
}

export const id = (text: string) => text as GatewayId;
export const call = (text: string | number) => `call-${text}` as CallId;

interface BenchOptions {
  readonly stores?: SharedStores;
  readonly clock?: FakeClock;
  readonly callServerId?: string;
  readonly region?: string;
  readonly regions?: Readonly<Record<string, Coordinates>>;
}

/** The whole proxy server, between stores and gateways that a test leads. */
export class ProxyBench {
  readonly clock: FakeClock;
  readonly stores: SharedStores;
  readonly logger = new RecordingLogger();
  readonly sip = new FakeTrunks();
  readonly stateChanges: StateChange[] = [];
  /** What every lot says; 0 to 1. */
  luck = 0.5;
  readonly book: GatewayBook;
  readonly statuses: StatusBook;
  readonly figures: FigureBook;
  readonly monitor: GatewayMonitor;
  readonly registrations: TrunkRegistrations;
  readonly proxyServer: ProxyServer;
  readonly #routes: RouteBook;
  readonly #watch: GatewayWatch;

  static async create(options: BenchOptions = {}): Promise<ProxyBench> {
    const { stores = new SharedStores(), clock = new FakeClock() } = options;
    const logger = new RecordingLogger();
    const clocks = new ZoneClocks();
    const callServerId = (options.callServerId ?? 's1') as CallServerId;
    const book = await GatewayBook.create({ gateways: stores.gateways, clocks, clock, logger });
    const routes = await RouteBook.create({ routes: stores.routes, clocks, clock, logger });
    const figures = await FigureBook.create({ figures: stores.figures, clock, logger });
    const statuses = await StatusBook.create(
      { gateways: book, statuses: stores.statuses, changes: stores.changes, clock, logger },
      { callServerId, breaker: usualBreaker },
    );
    return new ProxyBench({ options, stores, clock, callServerId, book, routes, figures, statuses });
  }

  private constructor(parts: {
    options: BenchOptions;
    stores: SharedStores;
    clock: FakeClock;
    callServerId: CallServerId;
    book: GatewayBook;
    routes: RouteBook;
    figures: FigureBook;
    statuses: StatusBook;
  }) {
    const { options, stores, clock, callServerId, book, routes, figures, statuses } = parts;
    const { logger, sip } = this;
    this.clock = clock;
    this.stores = stores;
    this.book = book;
    this.#routes = routes;
    this.figures = figures;
    this.statuses = statuses;
    this.monitor = new GatewayMonitor(
      { gateways: book, statuses, sip, clock, logger, random: () => 0.5 },
      { intervalMs: 30_000, timeoutMs: 2000, failuresUntilDown: 2, successesUntilUp: 2 },
    );
    this.registrations = new TrunkRegistrations({ gateways: book, statuses, sip, logger }, { callServerId });
    const reports = new CallReports({ statuses, figures, monitor: this.monitor, clock, logger }, usualBreaker);
    this.proxyServer = new ProxyServer(
      {
        ...{ book, routes, statuses, reports, figures, clock, logger },
        registrations: this.registrations,
        loads: stores.loads,
        regions: new Regions(options.region ?? 'default', options.regions ?? {}),
        random: () => this.luck,
      },
      { callServerId },
    );
    this.proxyServer.on('stateChanged', (change) => this.stateChanges.push(change));
    this.#watch = new GatewayWatch({
      ...{ book, statuses, figures, sip, logger },
      monitor: this.monitor,
      registrations: this.registrations,
    });
  }

  /** Puts them into the store and makes them known. */
  async put(...entries: readonly ({ id: string } & Record<string, unknown>)[]): Promise<void> {
    for (const entry of entries) await this.stores.gateways.put(gatewaySchema.parse({ host: '127.0.0.1', ...entry }));
    await this.reload();
  }

  async putRoutes(...entries: readonly ({ id: string } & Record<string, unknown>)[]): Promise<void> {
    for (const entry of entries) await this.stores.routes.put(routeSchema.parse({ prefixes: ['+'], ...entry }));
    await this.reload();
  }

  async delete(...ids: readonly string[]): Promise<void> {
    for (const one of ids) await this.stores.gateways.delete(one);
    await this.reload();
  }

  async reload(): Promise<void> {
    await this.book.reload();
    await this.#routes.reload();
    await this.settle();
  }

  /** Begins to look after the gateways. */
  async watch(): Promise<void> {
    this.#watch.start();
    await this.settle();
  }

  async settle(): Promise<void> {
    for (let turn = 0; turn < 5; turn += 1) await this.clock.advanceAsync(0);
  }

  async select(calledNumber = '+12025550100', request: Partial<SelectionRequest> = {}) {
    const selection = await this.proxyServer.select({
      ...{ calledNumber, type: null, gatewayIds: null, codecs: null },
      caller: { brandId: 'b1' as BrandId, groups: [] },
      ...request,
    });
    return { ...selection, ids: selection.candidates.map((gateway) => gateway.id as string) };
  }

  /** What the step of this name said. */
  async step(name: string, calledNumber?: string, request?: Partial<SelectionRequest>) {
    return (await this.select(calledNumber, request)).steps.findLast(({ step }) => step === name);
  }

  /** Reports of one call after another, each of a new call. */
  async report(
    gatewayId: string,
    ...outcomes: readonly ('well' | 'failed' | Partial<GatewayCallReport>)[]
  ): Promise<void> {
    for (const outcome of outcomes) {
      this.#calls += 1;
      const callId = call(`reported-${this.#calls}`);
      const report =
        outcome === 'well'
          ? { kind: 'progressed', postDialDelayMs: 500 }
          : outcome === 'failed'
            ? { kind: 'failed', problem: 'answered 500', isSilent: false, retryAfterMs: null }
            : outcome;
      this.proxyServer.report({ gatewayId: id(gatewayId), callId, ...report } as GatewayCallReport);
      this.proxyServer.release(id(gatewayId), callId);
      await this.settle();
    }
  }

  async stateOf(gatewayId: string) {
    return (await this.proxyServer.statusOf(id(gatewayId)))?.state;
  }

  async close(): Promise<void> {
    await this.registrations.close();
    this.monitor.close();
    this.statuses.close();
    await this.figures.close();
    this.#routes.close();
    this.book.close();
  }

  #calls = 0;
}
