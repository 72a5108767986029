import { useEffect, useState } from 'react';
import { useReadable } from '../../state/index.ts';
import type { ClientCall } from '../call/index.ts';
import type { Phone } from '../phone/index.ts';
import { useCalling } from './CallingProvider.tsx';

export interface CallView {
  /** The call in front, up or on its way; null when there is none. */
  readonly active: ClientCall | null;
  /** The others that are up. */
  readonly others: readonly ClientCall[];
  /** The last call that ended, while it was not dismissed; others may be up. */
  readonly ended: ClientCall | null;
  /** The browser shows its question for the microphone. */
  readonly isAskingMicrophone: boolean;
  /** The browser plays nothing until the person does something. */
  readonly isSoundBlocked: boolean;
  readonly unblockSound: () => void;
  readonly phone: Phone;
}

/** The telephone's calls, for a view. */
export function useCall(): CallView {
  const { phone, output, microphone } = useCalling();
  const [active = null, ...others] = useReadable(phone.calls);
  const ended = useReadable(phone.ended);
  const isSoundBlocked = useReadable(output.isBlocked);
  const isAskingMicrophone = useReadable(microphone.isAsking);
  return {
    active,
    others,
    ended,
    isAskingMicrophone,
    isSoundBlocked,
    unblockSound: () => void output.resume(),
    phone,
  };
}

/** Whole seconds since the other party was put on hold; null while it isn't. Ticks once a second. */
export function useHeldSeconds({ heldSinceMs, endedAtMs }: ClientCall): number | null {
  return useSecondsSince(heldSinceMs, endedAtMs);
}

/** Whole seconds since the call was answered; null before. Ticks once a second. */
export function useTalkingSeconds({ answeredAtMs, endedAtMs }: ClientCall): number | null {
  return useSecondsSince(answeredAtMs, endedAtMs);
}

function useSecondsSince(sinceMs: number | null, untilMs: number | null): number | null {
  const [nowMs, setNowMs] = useState(() => Date.now());
  const isRunning = sinceMs !== null && untilMs === null;
  useEffect(() => {
    if (!isRunning) return;
    setNowMs(Date.now());
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isRunning]);
  if (sinceMs === null) return null;
  return Math.max(0, Math.floor(((untilMs ?? nowMs) - sinceMs) / 1_000));
}
