import type { ErrorCode } from '../../../../shared/errors/index.ts';
import type { ForcedEnd, HandlerEnd } from '../../call-handler/index.ts';
import { type Refusal, type RingReason, refusals } from './RingReason.ts';

/** How a call that nobody took ends. */
export interface Ending {
  /** For its record. */
  readonly end: HandlerEnd;
  /** For the gateway; null: it has had its answer. */
  readonly answer: Pick<Refusal, 'sipStatus' | 'q850'> | null;
}

/** The SIP stack has answered the CANCEL, and the INVITE with 487. */
export const cancelled: Ending = { end: { outcome: 'cancelled', by: 'caller', sipStatus: 487 }, answer: null };

/** Nobody in the call ended it. */
export const forcedEnds: Readonly<Record<ForcedEnd, Ending>> = {
  goingAway: failed('goingAway', { sipStatus: 503, q850: 41 }),
  endedByOperator: failed('endedByOperator', { sipStatus: 480, q850: 31 }),
};

/** Something went wrong in the bridge. */
export const brokenOff: Ending = failed('internal', { sipStatus: 500, q850: 41 });

/** Nobody is rung for audio that nobody could take (RFC 3261 section 13.3.1.3). */
export function offerRefused(errorCode: ErrorCode): Ending {
  return failed(errorCode, { sipStatus: 488, q850: 88 });
}

/** The plan came to nothing. */
export function nobodyTook(reason: RingReason): Ending {
  const { sipStatus, q850, outcome } = refusals[reason];
  const by = reason === 'noAnswer' || reason === 'closed' || reason === 'loop' ? 'bridge' : 'called';
  return { end: { outcome, by, sipStatus, q850 }, answer: { sipStatus, q850 } };
}

function failed(errorCode: ErrorCode, answer: Pick<Refusal, 'sipStatus' | 'q850'>): Ending {
  return { end: { outcome: 'failed', by: 'bridge', errorCode, sipStatus: answer.sipStatus }, answer };
}
