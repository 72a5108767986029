import type { CallId } from '../../../shared/domain/index.ts';
import type { IncomingCall } from '../../../shared/protocol/index.ts';
import type { CalledLine } from '../call/index.ts';

/** A call that rings at this device. Times are milliseconds since the epoch by this machine's clock. */
export interface RingingCall {
  readonly callId: CallId;
  /** Who calls, in E.164 where it could be read; empty: withheld. */
  readonly number: string;
  /** From the address book, else as the network told it. */
  readonly name: string | null;
  readonly called: CalledLine;
  /** The group that is rung; null: the person alone. */
  readonly groupName: string | null;
  readonly ringingSinceMs: number;
  /** It rings here no longer than until then. */
  readonly ringsUntilMs: number;
}

/** `clockOffsetMs` is the bridge's clock minus ours. */
export function toRingingCall(call: IncomingCall, clockOffsetMs: number): RingingCall {
  return {
    callId: call.callId,
    number: call.callingNumber ?? '',
    name: call.callingName,
    called: { number: call.calledNumber, name: call.calledName },
    groupName: call.groupName,
    ringingSinceMs: call.ringingSince - clockOffsetMs,
    ringsUntilMs: call.ringsUntil - clockOffsetMs,
  };
}
