import { randomUUID } from 'node:crypto';
import { lookup } from 'node:dns';
import type { CallLogger } from './call-server/call-logger/index.ts';
import type { Config } from './config/index.ts';
import type { Clock, Logger } from './observability/index.ts';
import type { ProxyServer } from './proxy-server/index.ts';
import { readVersion } from './readVersion.ts';
import type { Storage } from './storage/index.ts';
import { AddressGuard, HttpPoster, keptWebhookSchema, Webhooks } from './webhooks/index.ts';

interface WebhookDeps {
  readonly config: Pick<Config, 'webhooks' | 'callServer'>;
  readonly storage: Pick<Storage, 'openCollection' | 'webhookDeliveries' | 'callRecords'>;
  readonly log: CallLogger;
  readonly proxyServer: ProxyServer;
  readonly clock: Clock;
  readonly logger: Logger;
}

const msPerDay = 86_400_000;

/** What tells other machines of calls and gateways. */
export async function composeWebhooks(deps: WebhookDeps) {
  const { config, storage, log, proxyServer, clock, logger } = deps;
  const { attempts, mostWaiting, keepLogDays, timeoutMs, allowPrivateAddresses } = config.webhooks;
  const guard = new AddressGuard({ lookUp: lookup });
  const collection = await storage.openCollection('webhooks', keptWebhookSchema);
  const poster = new HttpPoster({ guard, now: () => clock.now() }, { timeoutMs, allowPrivateAddresses });
  const webhooks = await Webhooks.create(
    {
      ...{ webhooks: collection, deliveries: storage.webhookDeliveries, records: storage.callRecords },
      ...{ calls: log, gateways: proxyServer, poster, clock, newId: randomUUID, random: Math.random },
      logger: logger.child({ room: 'webhooks' }),
    },
    {
      ...{ callServerId: config.callServer.id, version: await readVersion() },
      ...{ mostAttempts: attempts, mostWaiting, keepMs: keepLogDays * msPerDay },
    },
  );
  await webhooks.tellLate(await storage.callRecords.untold(config.callServer.id));
  return {
    webhooks,
    administration: {
      ...{ collection, deliveries: storage.webhookDeliveries, sender: webhooks },
      findUrlProblem: (url: string) => poster.findProblem(url),
      onChanged: () => webhooks.reload(),
    },
    close: () => webhooks.close(),
  };
}
