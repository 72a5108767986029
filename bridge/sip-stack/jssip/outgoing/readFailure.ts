import type { SipResponse } from '../../message/index.ts';
import type { InviteFailure } from '../../port/index.ts';
import { readQ850, readRetryAfterMs } from '../dialogs/readReason.ts';

/** What a 300-699 says to whoever decides on failover. */
export function readFailure(response: SipResponse): InviteFailure {
  const retryAfterMs = readRetryAfterMs(response);
  const q850 = readQ850(response);
  return {
    kind: 'response',
    status: response.status,
    reason: response.reason,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(q850 === undefined ? {} : { q850 }),
  };
}
