import { type Rule, rateSchema } from '../shared/admin/index.ts';
import { Closers } from './Closers.ts';
import { Days, ZoneClocks } from './calendar/index.ts';
import { CallAuthorizer, CallExplainer, CallLimits, RateBook, RuleBook } from './call-server/call-director/index.ts';
import type { Config } from './config/index.ts';
import type { Brands, EmbedKeys, Users } from './front-end-server/index.ts';
import type { Clock, Logger } from './observability/index.ts';
import type { ProxyServer } from './proxy-server/index.ts';
import { seedRates } from './seedRates.ts';
import type { Collection, Storage } from './storage/index.ts';

interface DirectorDeps {
  readonly config: Pick<Config, 'seed' | 'calls' | 'callServer' | 'billing'>;
  readonly storage: Pick<Storage, 'openCollection' | 'usage'>;
  readonly rules: Collection<Rule>;
  readonly users: Users;
  readonly brands: Brands;
  readonly embedKeys: EmbedKeys;
  readonly proxyServer: ProxyServer;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What decides who may call where. Closing ends its timers. */
export async function composeDirector(deps: DirectorDeps) {
  const { config, storage, rules, users, brands, embedKeys, proxyServer, clock, logger } = deps;
  const closers = new Closers();
  const rates = await storage.openCollection('rates', rateSchema);
  await seedRates(rates, config.seed.rates);
  const clocks = new ZoneClocks();
  const ruleBook = closers.add(await RuleBook.create({ rules, clocks, clock, logger }));
  const rateBook = closers.add(await RateBook.create({ rates, clock, logger }));
  const books = { ruleBook, rateBook, users, brands, embedKeys, clock };
  const days = new Days(clocks, { longestCallMs: config.calls.maxDurationMs });
  const authorizer = new CallAuthorizer({ ...books, days });
  const explainer = new CallExplainer({ ...books, clocks, usage: storage.usage, proxyServer }, config.billing);
  const limits = closers.add(
    await CallLimits.create({ usage: storage.usage, clock, logger }, { callServerId: config.callServer.id }),
  );
  return { authorizer, explainer, limits, ruleBook, rateBook, rates, close: () => closers.closeAll() };
}
