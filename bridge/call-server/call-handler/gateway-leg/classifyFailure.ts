import type { CallOutcome } from '../../../../shared/domain/index.ts';
import type { ErrorCode } from '../../../../shared/errors/index.ts';
import type { InviteFailure } from '../../../sip-stack/index.ts';

/** What a failed INVITE means for the call. */
export interface FailureMeaning {
  /** The next gateway may be asked: this one could not take the call, and nobody was called. */
  readonly canTryNext: boolean;
  readonly outcome: CallOutcome;
  /** Set where the outcome is an error. */
  readonly errorCode?: ErrorCode;
}

const busy: FailureMeaning = { canTryNext: false, outcome: 'busy' };
const declined: FailureMeaning = { canTryNext: false, outcome: 'declined' };
const wrongNumber: FailureMeaning = { canTryNext: false, outcome: 'wrongNumber' };
const noAnswer: FailureMeaning = { canTryNext: false, outcome: 'noAnswer' };
const unreachable: FailureMeaning = { canTryNext: true, outcome: 'unreachable', errorCode: 'gatewayUnreachable' };
const misunderstood: FailureMeaning = { canTryNext: true, outcome: 'failed', errorCode: 'gatewayProtocol' };
const noCodec: FailureMeaning = { canTryNext: true, outcome: 'failed', errorCode: 'noCommonCodec' };

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
  600: busy,
  603: declined,
  604: wrongNumber,
  606: { ...noCodec, canTryNext: false },
  607: declined,
  608: declined,
};

/**
 * Cause-aware failover. A gateway that was silent, refused the connection, failed (5xx) or could not work with our
 * request (401, 407, 420, 488, ...) leaves the call to the next one; an answer about the called party never does.
 */
export function classifyFailure(failure: InviteFailure): FailureMeaning {
  switch (failure.kind) {
    case 'timeout':
    case 'transport':
      return unreachable;
    case 'cancelled':
      return { canTryNext: false, outcome: 'cancelled' };
    case 'protocol':
      return { ...misunderstood, canTryNext: false };
    case 'response': {
      const meaning = byStatus[failure.status];
      if (meaning) return meaning;
      if (failure.status >= 600) return declined;
      if (failure.status >= 500) return unreachable;
      return misunderstood;
    }
  }
}
