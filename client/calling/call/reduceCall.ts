import type { WireError } from '../../../shared/errors/index.ts';
import type { MicrophoneProblem } from '../media/index.ts';
import { applyStatus, held, type ReceivedStatus } from './applyStatus.ts';
import type { ClientCall, ClientCallEnd } from './ClientCall.ts';

export type CallEvent =
  /** The person must allow the microphone before anything is sent. */
  | { readonly type: 'microphoneAsked' }
  /** The microphone is open: the call can be sent. */
  | { readonly type: 'microphoneReady' }
  | ({ readonly type: 'statusReceived' } & ReceivedStatus)
  | { readonly type: 'hangUpWished' }
  /** Known here before the bridge tells, or instead of it: refused, no microphone, given up. */
  | { readonly type: 'endedHere'; readonly atMs: number; readonly end: ClientCallEnd }
  | { readonly type: 'muteToggled'; readonly isMuted: boolean }
  | { readonly type: 'holdWished'; readonly isOnHold: boolean; readonly atMs: number }
  /** The bridge did what was wished; with a problem, it did not. */
  | { readonly type: 'holdSettled'; readonly problem: WireError | null; readonly atMs: number }
  | { readonly type: 'transferWished'; readonly to: string }
  | { readonly type: 'transferTaken' }
  | { readonly type: 'transferRefused'; readonly error: WireError }
  | { readonly type: 'audioChanged'; readonly audio: ClientCall['audio'] }
  | { readonly type: 'microphoneLost'; readonly problem: MicrophoneProblem | null };

/**
 * What a call looks like after an event. The bridge's machine decides; this follows it, and never leaves `ended`.
 * ```
 *  requested --microphoneAsked--> askingMicrophone --microphoneReady--> requested
 *  requested --status--> dialing, ringing, earlyMedia, established --hangUpWished--> disconnecting
 *  any of them --endedHere, status--> ended
 * ```
 */
export function reduceCall(call: ClientCall, event: CallEvent): ClientCall {
  if (call.phase === 'ended') return call;
  switch (event.type) {
    case 'microphoneAsked':
      return call.phase === 'requested' ? { ...call, phase: 'askingMicrophone' } : call;
    case 'microphoneReady':
      return call.phase === 'askingMicrophone' ? { ...call, phase: 'requested' } : call;
    case 'statusReceived':
      return applyStatus(call, event);
    case 'hangUpWished':
      return { ...call, phase: 'disconnecting' };
    case 'endedHere':
      return { ...call, phase: 'ended', endedAtMs: event.atMs, end: event.end, limit: null };
    case 'muteToggled':
      return { ...call, isMuted: event.isMuted };
    case 'holdWished':
      return {
        ...held(call, event.isOnHold, event.atMs),
        isHoldPending: true,
        holdProblem: null,
        transfer: transferAfterHold(call, event.isOnHold),
      };
    case 'holdSettled':
      return settleHold(call, event.problem, event.atMs);
    case 'transferWished':
      return { ...call, transfer: { to: event.to, state: 'trying', isByPage: true } };
    case 'transferTaken':
      return call.transfer === null ? call : { ...call, transfer: { ...call.transfer, isByPage: false } };
    case 'transferRefused': {
      const to = call.transfer?.to ?? '';
      return { ...call, transfer: { to, state: 'failed', error: event.error, isByPage: true } };
    }
    case 'audioChanged':
      return { ...call, audio: event.audio };
    case 'microphoneLost':
      return { ...call, microphoneLost: event.problem };
    default:
      return event satisfies never;
  }
}

function settleHold(call: ClientCall, problem: WireError | null, atMs: number): ClientCall {
  const settled = { ...call, isHoldPending: false, holdProblem: problem };
  return problem === null ? settled : held(settled, !call.isOnHold, atMs);
}

/** Who goes on with the call wants it back, or has seen that it could not be passed on. */
function transferAfterHold({ transfer }: ClientCall, isOnHold: boolean): ClientCall['transfer'] {
  return isOnHold && transfer?.state !== 'failed' ? transfer : null;
}
