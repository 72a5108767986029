import { DialbridgeError, toWireError } from '../../../../shared/errors/index.ts';
import type { CallEnd } from '../../../../shared/protocol/index.ts';
import type { CallClosing } from '../../../storage/index.ts';
import type { GatewayLegEnd } from '../gateway-leg/index.ts';
import { q850Of } from './q850Of.ts';

/** How a call ended, as its handler knows it: what the gateway leg said, and when another call can help. */
export interface HandlerEnd extends GatewayLegEnd {
  readonly retryAfterMs?: number;
  /** The person passed the call on to this number. */
  readonly transferredTo?: string;
}

/** How a call's end is told to its client. */
export function toCallEnd(end: HandlerEnd, calledNumber: string): CallEnd {
  const { outcome, by, sipStatus, errorCode, retryAfterMs, transferredTo } = end;
  const details = { number: calledNumber };
  return {
    outcome,
    by,
    ...(sipStatus !== undefined && { sipStatus }),
    q850: q850Of(end),
    ...(transferredTo !== undefined && { transferredTo }),
    ...(errorCode && {
      error: toWireError(
        new DialbridgeError(errorCode, { details, ...(retryAfterMs !== undefined && { retryAfterMs }) }),
      ),
    }),
  };
}

/** How it is kept in the call's record. */
export function toCallClosing(
  end: CallEnd,
  { endedAtMs, postDialDelayMs }: Pick<CallClosing, 'endedAtMs' | 'postDialDelayMs'>,
): CallClosing {
  return {
    endedAtMs,
    outcome: end.outcome,
    disconnectedBy: end.by,
    sipStatus: end.sipStatus ?? null,
    q850: end.q850 ?? null,
    errorCode: end.error?.code ?? null,
    postDialDelayMs,
  };
}
