import { collectDefaultMetrics, Registry } from 'prom-client';
import { CallMetrics, type CallNews } from './CallMetrics.ts';
import { countWebhooks, type WebhookNews } from './countWebhooks.ts';
import { StateMetrics, type StateMetricsDeps } from './StateMetrics.ts';

export interface MetricsDeps extends StateMetricsDeps {
  readonly log: CallNews;
  readonly webhooks: WebhookNews;
}

/** Everything that is counted and measured of this process, in the text format of Prometheus (0.0.4). */
export class Metrics {
  readonly #registry = new Registry();

  constructor(deps: MetricsDeps) {
    const registers = [this.#registry];
    new CallMetrics(deps.log, registers);
    new StateMetrics(deps, registers);
    countWebhooks(deps.webhooks, registers);
    // Processor time, memory, open files, delay of the event loop, garbage collection.
    collectDefaultMetrics({ register: this.#registry });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Rejects where a part can't tell how it stands. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
