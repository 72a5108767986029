import type { Rate } from '../../../../shared/admin/index.ts';
import type { UsagePrice } from '../../../storage/index.ts';

const micros = 1_000_000;

/** An amount of money in millionths, as usage is counted. */
export function microsOf(amount: number): number {
  return Math.round(amount * micros);
}

export function amountOf(inMicros: number): number {
  return inMicros / micros;
}

export function priceOf({ pricePerMinute, connectionFee, firstSeconds, incrementSeconds }: Rate): UsagePrice {
  return {
    connectionFeeMicros: microsOf(connectionFee),
    microsPerMinute: microsOf(pricePerMinute),
    firstMs: firstSeconds * 1000,
    incrementMs: incrementSeconds * 1000,
  };
}
