import { EventEmitter } from 'node:events';
import { webhookDraftSchema } from '../../../shared/admin/index.ts';
import { brandIdSchema, callIdSchema, callServerIdSchema, gatewayIdSchema } from '../../../shared/domain/index.ts';
import type { CallLoggerEvents, EndedCall } from '../../call-server/call-logger/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import type { CallRecord } from '../../storage/index.ts';
import { MemoryCollection, MemoryWebhookDeliveryStore } from '../../storage/memory/index.ts';
import type { GatewayStateChange } from '../gatewayEvent.ts';
import { type KeptWebhook, keptWebhookSchema } from '../KeptWebhook.ts';
import { type WebhookResult, Webhooks, type WebhooksDeps, type WebhooksOptions } from '../Webhooks.ts';
import { FakePoster } from './FakePoster.ts';

const everything = ['call.started', 'call.answered', 'call.ended', 'call.missed', 'gateway.down', 'gateway.up'];

export function keptWebhook(id: string, more: object = {}): KeptWebhook {
  const draft = webhookDraftSchema.parse({
    ...{ name: id, url: `https://${id}.example/hook`, events: everything },
    ...more,
  });
  return keptWebhookSchema.parse({
    ...{ ...draft, id, createdAtMs: 1, switchedOff: null },
    ...{ secret: `whsec_${id}`, oldSecret: null, oldSecretEndsAtMs: null },
  });
}

export function openingOf(callId: string, more: Partial<EndedCall['opening']> = {}): EndedCall['opening'] {
  return {
    ...{ callId: callIdSchema.parse(callId), callServerId: callServerIdSchema.parse('main'), userId: null },
    ...{ deviceId: null, brandId: brandIdSchema.parse('acme'), direction: 'outgoing' },
    ...{ callingNumber: '+4930123', callingName: null, calledNumber: '+12025550100', calledName: 'Mother' },
    ...{ requestedAtMs: 1000, ...more },
  };
}

export const closing: EndedCall['closing'] = {
  ...{ endedAtMs: 9000, outcome: 'answered', disconnectedBy: 'caller', sipStatus: 200, q850: 16, errorCode: null },
  postDialDelayMs: 120,
};

/** Calls, gateways and a receiver around the webhooks, all in memory. */
export class WebhookBench {
  readonly clock = new FakeClock(1_700_000_000_000);
  readonly logger = new RecordingLogger();
  readonly webhooks: MemoryCollection<KeptWebhook>;
  readonly deliveries = new MemoryWebhookDeliveryStore();
  readonly records = new Map<string, CallRecord>();
  readonly calls = new EventEmitter<CallLoggerEvents>();
  readonly gateways = new EventEmitter<{ stateChanged: [GatewayStateChange] }>();
  readonly poster = new FakePoster();
  readonly results: string[] = [];
  /** Of which calls it was said that their end was told. */
  readonly told: string[] = [];
  #ids = 0;

  constructor(...webhooks: readonly KeptWebhook[]) {
    this.webhooks = new MemoryCollection<KeptWebhook>(webhooks);
  }

  async create(options: Partial<WebhooksOptions> = {}, more: Partial<WebhooksDeps> = {}): Promise<Webhooks> {
    const { webhooks, deliveries, records, calls, gateways, poster, clock, logger } = this;
    const made = await Webhooks.create(
      {
        ...{ webhooks, deliveries, calls, gateways, poster, clock, logger, random: () => 0.5 },
        records: {
          get: async (callId) => records.get(callId),
          told: async (callId) => {
            this.told.push(callId);
          },
        },
        newId: () => `id-${++this.#ids}`,
        ...more,
      },
      {
        ...{ callServerId: callServerIdSchema.parse('main'), version: '1.2.3' },
        ...{ mostAttempts: 8, mostWaiting: 100, keepMs: 7 * 86_400_000, ...options },
      },
    );
    made.onResult((result: WebhookResult, count) => this.results.push(`${count} ${result}`));
    return made;
  }

  request(callId: string, more: Partial<EndedCall['opening']> = {}): void {
    this.calls.emit('requestKept', openingOf(callId, more));
  }

  answer(callId: string): void {
    const gatewayId = gatewayIdSchema.parse('gw1');
    this.calls.emit('answerKept', { opening: openingOf(callId), answeredAtMs: 4000, gatewayId, userId: null });
  }

  end(callId: string, more: Partial<EndedCall> = {}): void {
    const gatewayId = gatewayIdSchema.parse('gw1');
    this.calls.emit('endKept', {
      ...{ opening: openingOf(callId), closing, answeredAtMs: 4000, gatewayId, userId: null, mos: null },
      ...more,
    });
  }

  /** So much time passes, and what is begun by it is done. */
  async pass(ms: number): Promise<void> {
    await this.clock.advanceAsync(ms);
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
}
