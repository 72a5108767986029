import { DialbridgeError, toWireError } from '../../../shared/errors/index.ts';
import type { CallEnd } from '../../../shared/protocol/index.ts';
import type { GatewayLegEnd } from './GatewayLeg.ts';

/** How a call's end is told to its client. */
export function toCallEnd(end: GatewayLegEnd, calledNumber: string): CallEnd {
  const { outcome, by, sipStatus, q850, errorCode } = end;
  return {
    outcome,
    by,
    ...(sipStatus !== undefined && { sipStatus }),
    ...(q850 !== undefined && { q850 }),
    ...(errorCode && { error: toWireError(new DialbridgeError(errorCode, { details: { number: calledNumber } })) }),
  };
}
