import type { UsagePrice } from '../ports/UsageStore.ts';

const minuteMs = 60_000;

/**
 * What a call that was answered at `answeredAtMs` is charged before `beforeMs` if it lasts that long: the fee and the first
 * interval at the answer, each step when it begins. In whole millionths.
 */
export function costBefore(price: UsagePrice, answeredAtMs: number, beforeMs: number): number {
  if (beforeMs <= answeredAtMs) return 0;
  const beyondFirstMs = Math.max(0, beforeMs - answeredAtMs - price.firstMs);
  const chargedMs = price.firstMs + Math.ceil(beyondFirstMs / price.incrementMs) * price.incrementMs;
  // Whole minutes apart from the rest: the product of both could pass 2^53, where numbers are no longer exact.
  const minutes = Math.floor(chargedMs / minuteMs);
  const restMicros = Math.ceil((price.microsPerMinute * (chargedMs % minuteMs)) / minuteMs);
  return price.connectionFeeMicros + price.microsPerMinute * minutes + restMicros;
}

/** What the answer alone costs: the fee and the first interval. */
export function costOfAnswer(price: UsagePrice | null): number {
  return price === null ? 0 : costBefore(price, 0, 1);
}

/** When the first step begins at or after this time. */
export function nextStepAtMs(price: UsagePrice, answeredAtMs: number, fromMs: number): number {
  const firstStepAtMs = answeredAtMs + price.firstMs;
  const steps = Math.max(0, Math.ceil((fromMs - firstStepAtMs) / price.incrementMs));
  return firstStepAtMs + steps * price.incrementMs;
}
