import type { ErrorCode } from '../../../../shared/errors/index.ts';
import type { UsageLimitName, UsageRefusal } from '../../../storage/index.ts';
import { CallRefusal } from '../CallRefusal.ts';

/** What the caller is told of each limit that leaves no room. */
export const limitCodes = {
  callsAtOnce: 'callsAtOnceReached',
  callsPerMinute: 'callRateReached',
  talkMsPerDay: 'dailyMinutesReached',
  costMicrosPerDay: 'dailyCostReached',
} as const satisfies Record<UsageLimitName, ErrorCode>;

/** The store's refusal as the caller is told it, with when another try can help. */
export function toRefusal({ meterId, limit, allowed, used, retryAtMs }: UsageRefusal, nowMs: number): CallRefusal {
  return new CallRefusal(limitCodes[limit], {
    ...(retryAtMs !== null && { retryAfterMs: Math.max(0, Math.ceil(retryAtMs - nowMs)) }),
    evidence: { limit, meterId, used, allowed },
  });
}
