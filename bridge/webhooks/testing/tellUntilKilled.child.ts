// Child of webhooks.kill.test.ts: has calls told to a receiver that never answers, and says on standard output when they are kept.
import { randomUUID } from 'node:crypto';
import { lookup } from 'node:dns';
import { EventEmitter } from 'node:events';
import { callServerIdSchema } from '../../../shared/domain/index.ts';
import type { CallLoggerEvents } from '../../call-server/call-logger/index.ts';
import { systemClock } from '../../observability/index.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { createStorage } from '../../storage/index.ts';
import { AddressGuard, HttpPoster, keptWebhookSchema, Webhooks } from '../index.ts';
import { keptWebhook, openingOf } from './WebhookBench.ts';

const [dataDir = '', url = '', calls = ''] = process.argv.slice(2);
const logger = new RecordingLogger();
const clock = systemClock;
const storage = await createStorage({ dataDir, logger });
const webhooks = await storage.openCollection('webhooks', keptWebhookSchema);
await webhooks.add(keptWebhook('crm', { url, events: ['call.started'] }));
const log = new EventEmitter<CallLoggerEvents>();
const guard = new AddressGuard({ lookUp: lookup });
const made = await Webhooks.create(
  {
    ...{ webhooks, deliveries: storage.webhookDeliveries, records: storage.callRecords, calls: log },
    ...{ gateways: new EventEmitter(), clock, logger, newId: randomUUID, random: Math.random },
    poster: new HttpPoster({ guard, now: () => clock.now() }, { timeoutMs: 60_000, allowPrivateAddresses: true }),
  },
  {
    ...{ callServerId: callServerIdSchema.parse('main'), version: '1.2.3' },
    ...{ mostAttempts: 8, mostWaiting: 1000, keepMs: 1e12 },
  },
);
for (let count = 0; count < Number(calls); count += 1) log.emit('requestKept', openingOf(`c${count}`));
const look = async () => {
  if ((await made.waiting()) < Number(calls)) setTimeout(look, 10);
  else process.stdout.write('kept\n');
};
await look();
