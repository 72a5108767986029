import { useEffect, useRef } from 'react';
import type { CallId } from '../../../shared/domain/index.ts';
import { useReadable } from '../../state/index.ts';
import type { RingingEnd } from '../call/index.ts';
import type { RingingCall } from '../incoming/index.ts';
import type { PresentCall } from '../phone/index.ts';
import { useCalling } from './CallingProvider.tsx';

export interface IncomingView {
  /** Oldest first. */
  readonly ringing: readonly RingingCall[];
  /** Newest first, until they are dismissed. */
  readonly missed: readonly RingingCall[];
  /** The browser keeps the ring silent until the person does something. */
  readonly isRingBlocked: boolean;
  readonly isSilenced: (callId: CallId) => boolean;
  /** A call that is up is put on hold for it, or ended. */
  readonly accept: (callId: CallId, present?: PresentCall) => void;
  readonly decline: (callId: CallId) => void;
  /** What rings now goes on without a sound. */
  readonly silence: () => void;
  /** Lets the person hear the ring that they chose, once. */
  readonly playTestRing: () => void;
  readonly dismissMissed: (callId?: CallId) => void;
}

/** Calls that ring here, and that were missed, for a view. */
export function useIncoming(): IncomingView {
  const { incoming, ringer } = useCalling();
  const silenced = useReadable(ringer.silenced);
  return {
    ringing: useReadable(incoming.ringing),
    missed: useReadable(incoming.missed),
    isRingBlocked: useReadable(ringer.isBlocked),
    isSilenced: (callId) => silenced.has(callId),
    accept: (callId, present) => incoming.accept(callId, present),
    decline: (callId) => incoming.decline(callId),
    silence: () => ringer.silence(),
    playTestRing: () => ringer.playTest(),
    dismissMissed: (callId) => incoming.dismissMissed(callId),
  };
}

/** Calls `act` whenever a call rings here no longer and was neither taken nor declined here. */
export function useRingingEnded(act: (call: RingingCall, end: RingingEnd) => void): void {
  const { incoming } = useCalling();
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => incoming.events.on('ringingEnded', ({ call, end }) => latest.current(call, end)), [incoming]);
}
