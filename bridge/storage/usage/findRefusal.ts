import type { UsageClaim, UsageLimitName, UsagePrice, UsageRefusal } from '../ports/UsageStore.ts';
import { costOfAnswer } from './callCost.ts';
import type { Meter } from './Meter.ts';
import { dayAt, type Span } from './usageDay.ts';

interface Question {
  readonly meter: Meter;
  readonly claim: UsageClaim;
  readonly price: UsagePrice | null;
  readonly atMs: number;
}

/** The first of the claim's limits that leaves no room for one more call. */
export function findRefusal({ meter, claim, price, atMs }: Question): UsageRefusal | null {
  const { limits } = claim;
  const refusal = (limit: UsageLimitName, use: { used: number; retryAtMs: number | null }): UsageRefusal => {
    return { meterId: meter.id, limit, allowed: limits[limit] ?? 0, ...use };
  };
  if (limits.callsAtOnce !== undefined && meter.calls.size >= limits.callsAtOnce) {
    return refusal('callsAtOnce', { used: meter.calls.size, retryAtMs: null });
  }
  if (limits.callsPerMinute !== undefined) {
    const used = meter.admissions.count(atMs);
    const retryAtMs = meter.admissions.freeAtMs(limits.callsPerMinute, atMs);
    if (used >= limits.callsPerMinute) return refusal('callsPerMinute', { used, retryAtMs });
  }
  const { talkMsPerDay, costMicrosPerDay } = limits;
  const day = dayAt(claim.day, atMs);
  if (talkMsPerDay !== undefined) {
    const used = meter.talkMs(day, atMs);
    if (used >= talkMsPerDay) return refusal('talkMsPerDay', { used, retryAtMs: talkMsPerDay > 0 ? day.toMs : null });
  }
  const cost = costOfAnswer(price);
  // A free call needs no room.
  if (costMicrosPerDay === undefined || cost === 0) return null;
  const used = meter.costMicros(day, atMs);
  if (used + cost <= costMicrosPerDay) return null;
  const retryAtMs = costRetryAtMs({ day, allowed: costMicrosPerDay, spent: used - meter.reservedMicros, cost });
  return refusal('costMicrosPerDay', { used, retryAtMs });
}

function costRetryAtMs(budget: { day: Span; allowed: number; spent: number; cost: number }): number | null {
  const { day, allowed, spent, cost } = budget;
  if (cost > allowed) return null;
  // Only what is set aside for calls that ring stands in the way: any of them may end without an answer.
  if (spent + cost <= allowed) return null;
  return day.toMs;
}
