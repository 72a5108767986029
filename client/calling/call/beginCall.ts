import { applyStatus, type ReceivedStatus } from './applyStatus.ts';
import type { CalledLine, ClientCall } from './ClientCall.ts';

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

/** A call that is up elsewhere, or was here before a crash, at the moment when the page begins to take it over. */
export function takenCall(
  options: Pick<ClientCall, 'callId' | 'direction' | 'number' | 'name' | 'answeredAtMs' | 'startedAtMs'> & {
    readonly takesOver: 'own' | 'other';
  },
): ClientCall {
  return { ...blank, ...options, phase: 'requested' };
}

/** A call that the bridge kept while this page was away. */
export function adoptedCall(received: ReceivedStatus): ClientCall {
  const { callId, requestedAt, isMuted } = received.status;
  const call: ClientCall = {
    ...blank,
    callId,
    number: '',
    startedAtMs: requestedAt - received.clockOffsetMs,
    isMuted,
    phase: 'requested',
  };
  return applyStatus(call, received);
}

const blank = {
  direction: 'outgoing',
  name: null,
  takesOver: null,
  called: null,
  isNumberWithheld: false,
  revision: -1,
  hasEarlyMedia: false,
  isMuted: false,
  isOnHold: false,
  heldSinceMs: null,
  isHoldPending: false,
  holdProblem: null,
  isHeldByOther: false,
  referral: null,
  transfer: null,
  codec: null,
  mediaWay: 'relay',
  audio: 'connecting',
  microphoneLost: null,
  answeredAtMs: null,
  endedAtMs: null,
  end: null,
  limit: null,
} as const satisfies Partial<ClientCall>;
