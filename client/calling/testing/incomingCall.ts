import type { CallId } from '../../../shared/domain/index.ts';
import type { IncomingCall } from '../../../shared/protocol/index.ts';

/** A call that rings, as a bridge would tell it, for tests. By the clock of `FakeTimers` it rings for half a minute. */
export function incomingCall(call: Partial<IncomingCall> = {}): IncomingCall {
  return {
    callId: 'in-1' as CallId,
    callingNumber: '+12025550177',
    callingName: null,
    isContact: false,
    calledNumber: '+12025550199',
    calledName: 'Support',
    groupName: null,
    ringingSince: 1_700_000_000_000,
    ringsUntil: 1_700_000_030_000,
    ...call,
  };
}
