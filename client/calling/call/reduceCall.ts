import type { CallStatus } from '../../../shared/protocol/index.ts';
import type { MicrophoneProblem } from '../media/index.ts';
import type { CalledLine, ClientCall, ClientCallEnd } from './ClientCall.ts';

export type CallEvent =
  /** The person must allow the microphone before anything is sent. */
  | { readonly type: 'microphoneAsked' }
  /** The microphone is open: the call can be sent. */
  | { readonly type: 'microphoneReady' }
  /** `clockOffsetMs` is the bridge's clock minus ours. */
  | { readonly type: 'statusReceived'; readonly status: CallStatus; readonly clockOffsetMs: number }
  | { readonly type: 'hangUpWished' }
  /** Known here before the bridge tells, or instead of it: refused, no microphone, given up. */
  | { readonly type: 'endedHere'; readonly atMs: number; readonly end: ClientCallEnd }
  | { readonly type: 'muteToggled'; readonly isMuted: boolean }
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
      return applyStatus(call, event.status, event.clockOffsetMs);
    case 'hangUpWished':
      return { ...call, phase: 'disconnecting' };
    case 'endedHere':
      return { ...call, phase: 'ended', endedAtMs: event.atMs, end: event.end, limit: null };
    case 'muteToggled':
      return { ...call, isMuted: event.isMuted };
    case 'audioChanged':
      return { ...call, audio: event.audio };
    case 'microphoneLost':
      return { ...call, microphoneLost: event.problem };
    default:
      return event satisfies never;
  }
}

function applyStatus(call: ClientCall, status: CallStatus, clockOffsetMs: number): ClientCall {
  if (status.callId !== call.callId || status.revision <= call.revision) return call;
  const here = (bridgeMs: number | null) => (bridgeMs === null ? null : bridgeMs - clockOffsetMs);
  // Who has hung up sees no more ringing, whatever crosses the wish on its way.
  const phase = call.phase === 'disconnecting' && status.state !== 'ended' ? 'disconnecting' : status.state;
  return {
    ...call,
    phase,
    revision: status.revision,
    ...partyOf(call, status),
    hasEarlyMedia: status.hasEarlyMedia,
    codec: status.codec,
    answeredAtMs: here(status.answeredAt),
    endedAtMs: here(status.endedAt),
    end: status.end === null ? null : toClientEnd(status.end),
    limit: status.limit && { endsAtMs: status.limit.endsAt - clockOffsetMs, error: status.limit.error },
  };
}

/** The other party, and what of ours they called. What the page knew before the bridge stays: it is from the address book. */
function partyOf(call: ClientCall, status: CallStatus): Pick<ClientCall, 'direction' | 'number' | 'name' | 'called'> {
  const { direction, calledNumber, calledName, callingNumber, callingName } = status;
  if (direction === 'outgoing')
    return { direction, number: calledNumber, name: call.name ?? calledName ?? null, called: null };
  return {
    direction,
    number: callingNumber ?? '',
    name: call.name ?? callingName ?? null,
    called: { number: calledNumber, name: call.called?.name ?? calledName ?? null },
  };
}

function toClientEnd({ outcome, by, error }: NonNullable<CallStatus['end']>): ClientCallEnd {
  return { outcome, by, ...(error !== undefined && { error }) };
}

/** The call at the moment when the person pressed Call. */
export function newCall(
  options: Pick<ClientCall, 'callId' | 'number' | 'name' | 'startedAtMs'> & { readonly isNumberWithheld?: boolean },
): ClientCall {
  return { ...blank, ...options, phase: 'requested' };
}

/** An incoming call at the moment when the person takes it. */
export function answeredCall(
  options: Pick<ClientCall, 'callId' | 'number' | 'name' | 'startedAtMs'> & { readonly called: CalledLine },
): ClientCall {
  return { ...blank, ...options, direction: 'incoming', phase: 'requested' };
}

/** A call that the bridge kept while this page was away. */
export function adoptedCall(status: CallStatus, clockOffsetMs: number): ClientCall {
  const { callId, requestedAt, isMuted } = status;
  const call: ClientCall = {
    ...blank,
    callId,
    number: '',
    startedAtMs: requestedAt - clockOffsetMs,
    isMuted,
    phase: 'requested',
  };
  return applyStatus(call, status, clockOffsetMs);
}

const blank = {
  direction: 'outgoing',
  name: null,
  called: null,
  isNumberWithheld: false,
  revision: -1,
  hasEarlyMedia: false,
  isMuted: false,
  codec: null,
  audio: 'connecting',
  microphoneLost: null,
  answeredAtMs: null,
  endedAtMs: null,
  end: null,
  limit: null,
} as const satisfies Partial<ClientCall>;
