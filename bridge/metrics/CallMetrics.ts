import type { EventEmitter } from 'node:events';
import { Counter, Histogram, type Registry } from 'prom-client';
import { callOutcomeSchema } from '../../shared/domain/index.ts';
import type { CallLoggerEvents } from '../call-server/call-logger/index.ts';

/** What the call logger tells. */
export type CallNews = Pick<EventEmitter<CallLoggerEvents>, 'on'>;

/** Counts the calls of this call server as the call logger tells of them. */
export class CallMetrics {
  constructor(log: CallNews, registers: Registry[]) {
    const requested = new Counter({
      name: 'dialbridge_calls_requested_total',
      help: 'Calls that were asked for, also those that were refused.',
      labelNames: ['direction', 'brand'],
      registers,
    });
    const ended = new Counter({
      name: 'dialbridge_calls_ended_total',
      help: 'Calls that are over, by how they ended.',
      labelNames: ['direction', 'brand', 'outcome', 'error'],
      registers,
    });
    const talking = new Histogram({
      name: 'dialbridge_call_talk_seconds',
      help: 'From the answer to the end, of calls that were answered.',
      labelNames: ['direction', 'gateway'],
      buckets: [5, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14_400],
      registers,
    });
    const postDialDelay = new Histogram({
      name: 'dialbridge_call_post_dial_delay_seconds',
      help: 'From the request to the first ringing.',
      labelNames: ['direction', 'gateway'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 8, 13, 20],
      registers,
    });
    const mos = new Histogram({
      name: 'dialbridge_call_mos',
      help: 'Mean opinion score of the audio (1 to 4.5, ITU-T G.107) as it was measured last in each call, by leg and direction.',
      labelNames: ['gateway', 'way'],
      buckets: [1.5, 2, 2.5, 3, 3.5, 4, 4.3],
      registers,
    });
    const begun = new Set<string>();
    log.on('requested', ({ direction, brandId }) => {
      requested.inc({ direction, brand: brandId });
      const key = JSON.stringify([direction, brandId]);
      if (begun.has(key)) return;
      begun.add(key);
      // A count that begins at 1 has risen for nobody: the first call that is busy would be missing in every rate.
      for (const outcome of callOutcomeSchema.options) ended.inc({ direction, brand: brandId, outcome, error: '' }, 0);
    });
    log.on('ended', ({ opening: { direction, brandId }, closing, answeredAtMs, gatewayId, mos: scores }) => {
      const { outcome, errorCode, postDialDelayMs, endedAtMs } = closing;
      const gateway = gatewayId ?? '';
      ended.inc({ direction, brand: brandId, outcome, error: errorCode ?? '' });
      if (answeredAtMs !== null) {
        talking.observe({ direction, gateway }, Math.max(0, endedAtMs - answeredAtMs) / 1000);
      }
      for (const [way, score] of Object.entries(scores ?? {})) if (score !== null) mos.observe({ gateway, way }, score);
      if (postDialDelayMs !== null) postDialDelay.observe({ direction, gateway }, postDialDelayMs / 1000);
    });
  }
}
