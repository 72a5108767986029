import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientCall, ClientCallLimit } from '../call/index.ts';
import { formatDuration } from './formatDuration.ts';
import { useSecondsUntil } from './useSecondsUntil.ts';

export interface LimitWarning {
  /** When the call ends, counting down: `This call ends in 0:45`. */
  readonly title: string;
  /** Why. */
  readonly reason: string;
}

export interface LimitWarningView {
  /** Null while the call is not about to be ended. */
  readonly warning: LimitWarning | null;
  /** The warning for screen readers; it doesn't count down, so that it is spoken once. Empty while there is none. */
  readonly announcement: string;
}

/** The warning before a limit ends the call. */
export function useLimitWarning(call: ClientCall): LimitWarningView {
  const { t } = useTranslation();
  const limit = call.phase === 'established' ? call.limit : null;
  const seconds = useSecondsUntil(limit?.endsAtMs ?? null);
  const said = useRef<{ code: string; text: string } | null>(null);
  if (limit === null || seconds === null) {
    said.current = null;
    return { warning: null, announcement: '' };
  }
  const warning = { title: t('limit.endsIn', { time: formatDuration(seconds) }), reason: t(reasonOf(limit)) };
  // Where the time changes since other calls use the same budget, nobody wants to hear that each time.
  if (said.current?.code !== limit.error.code) {
    const text = `${t('limit.endsInSeconds', { count: seconds })} ${warning.reason}`;
    said.current = { code: limit.error.code, text };
  }
  return { warning, announcement: said.current.text };
}

function reasonOf({ error: { code } }: ClientCallLimit) {
  if (code === 'dailyMinutesReached') return 'limit.minutes';
  return code === 'dailyCostReached' ? 'limit.cost' : 'limit.duration';
}
