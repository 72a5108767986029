import { Counter, type Registry } from 'prom-client';
import type { Webhooks } from '../webhooks/index.ts';

/** What tells of events that are sent. */
export type WebhookNews = Pick<Webhooks, 'onResult' | 'waiting'>;

/** Counts what came of the tries to tell other machines; how many events wait is read by `StateMetrics`. */
export function countWebhooks(webhooks: Pick<WebhookNews, 'onResult'>, registers: Registry[]): void {
  const deliveries = new Counter({
    name: 'dialbridge_webhook_deliveries_total',
    help: 'Tries to deliver an event by what came of them, and events that were left out since too many waited.',
    labelNames: ['result'],
    registers,
  });
  // They are there before the first has happened, so that a rate can be made of them.
  for (const result of ['delivered', 'retried', 'failed', 'dropped']) deliveries.inc({ result }, 0);
  webhooks.onResult((result, count) => deliveries.inc({ result }, count));
}
