import type { CallOutcome } from '../../../../shared/domain/index.ts';
import type { ErrorCode } from '../../../../shared/errors/index.ts';
import type { AttemptFailure } from './AttemptFailure.ts';

/**
 * Who may be asked after a failure. `destination`: the gateway's next address (RFC 3263 section 4.3), and the next gateway when it
 * has none left. `gateway`: the next gateway. `nobody`: the called party has been asked, or the caller doesn't want it any more.
 */
export type NextToAsk = 'destination' | 'gateway' | 'nobody';

/** What a failed INVITE means for the call. */
export interface FailureMeaning {
  readonly next: NextToAsk;
  readonly outcome: CallOutcome;
  /** Set where the outcome is an error. */
  readonly errorCode?: ErrorCode;
}

const busy: FailureMeaning = { next: 'nobody', outcome: 'busy' };
const declined: FailureMeaning = { next: 'nobody', outcome: 'declined' };
const wrongNumber: FailureMeaning = { next: 'nobody', outcome: 'wrongNumber' };
const noAnswer: FailureMeaning = { next: 'nobody', outcome: 'noAnswer' };
const unreachable: FailureMeaning = { next: 'gateway', outcome: 'unreachable', errorCode: 'gatewayUnreachable' };
const misunderstood: FailureMeaning = { next: 'gateway', outcome: 'failed', errorCode: 'gatewayProtocol' };
const noCodec: FailureMeaning = { next: 'gateway', outcome: 'failed', errorCode: 'noCommonCodec' };
const notThere: FailureMeaning = { ...unreachable, next: 'destination' };

/** Final responses that say something other than their class does (RFC 3261 section 21). */
const byStatus: Readonly<Record<number, FailureMeaning>> = {
  403: declined,
  404: wrongNumber,
  408: unreachable,
  410: wrongNumber,
  415: noCodec,
  480: noAnswer,
  484: wrongNumber,
  486: busy,
  487: noAnswer,
  488: noCodec,
  503: notThere,
  600: busy,
  603: declined,
  604: wrongNumber,
  606: { ...noCodec, next: 'nobody' },
  607: declined,
  608: declined,
};

/**
 * Cause-aware failover. A gateway that was silent, refused the connection, failed (5xx) or could not work with our
 * request (401, 407, 420, 488, ...) leaves the call to the next one; an answer about the called party never does.
 */
export function classifyFailure(failure: AttemptFailure): FailureMeaning {
  switch (failure.kind) {
    case 'timeout':
    case 'transport':
      return notThere;
    case 'stalled':
      return unreachable;
    case 'unusable':
      return failure.isCodec ? noCodec : misunderstood;
    case 'cancelled':
      return { next: 'nobody', outcome: 'cancelled' };
    // The answer was a 2xx: somebody had picked up.
    case 'protocol':
      return { ...misunderstood, next: 'nobody' };
    case 'response': {
      const meaning = byStatus[failure.status];
      if (meaning) return meaning;
      if (failure.status >= 600) return declined;
      if (failure.status >= 500) return unreachable;
      return misunderstood;
    }
  }
}
