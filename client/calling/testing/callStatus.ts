import type { CallId } from '../../../shared/domain/index.ts';
import type { CallStatus } from '../../../shared/protocol/index.ts';

/** A status as a bridge would send it, for tests. */
export function callStatus(status: Partial<CallStatus> = {}): CallStatus {
  return {
    callId: 'call-1' as CallId,
    revision: 1,
    state: 'dialing',
    direction: 'outgoing',
    callingNumber: null,
    calledNumber: '+12025550100',
    hasEarlyMedia: false,
    codec: null,
    mediaWay: 'relay',
    isMuted: false,
    isOnHold: false,
    isHeldByOther: false,
    referral: null,
    transfer: null,
    requestedAt: 1_700_000_000_000,
    answeredAt: null,
    endedAt: null,
    end: null,
    limit: null,
    ...status,
  };
}
