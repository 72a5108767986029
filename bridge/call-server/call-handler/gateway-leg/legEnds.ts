import type { DisconnectedBy } from '../../../../shared/domain/index.ts';
import type { SipCallEnd } from '../../../sip-stack/index.ts';
import type { AttemptFailure } from './AttemptFailure.ts';
import type { FailureMeaning } from './classifyFailure.ts';
import type { GatewayLegEnd } from './GatewayLegDeps.ts';

export const allLinesBusy: GatewayLegEnd = { outcome: 'unreachable', by: 'bridge', errorCode: 'allLinesBusy' };
export const noGateway: GatewayLegEnd = { outcome: 'unreachable', by: 'bridge', errorCode: 'noGatewayForNumber' };
export const cancelled: GatewayLegEnd = { outcome: 'cancelled', by: 'caller' };

/** The end of a call whose last attempt failed so. */
export function endOfFailure(failure: AttemptFailure, { outcome, errorCode }: FailureMeaning): GatewayLegEnd {
  const by = outcome === 'cancelled' ? 'caller' : errorCode ? 'bridge' : 'called';
  const answer = failure.kind === 'response' ? failure : undefined;
  return {
    outcome,
    by,
    ...(errorCode && { errorCode }),
    ...(answer && { sipStatus: answer.status }),
    ...(answer?.q850 !== undefined && { q850: answer.q850 }),
  };
}

/** The end of an answered call. Where the gateway lost it, it never said so in a BYE: it no longer answers, or doesn't know the call. */
export function endOfTalk(end: SipCallEnd): GatewayLegEnd {
  const by: DisconnectedBy = end.by === 'remote' ? 'called' : end.by === 'local' ? 'caller' : 'bridge';
  return {
    outcome: 'answered',
    by,
    ...(end.by === 'transport' && { errorCode: 'gatewayLost' as const }),
    ...(end.status !== undefined && end.by !== 'local' && { sipStatus: end.status }),
    ...(end.q850 !== undefined && { q850: end.q850 }),
  };
}
