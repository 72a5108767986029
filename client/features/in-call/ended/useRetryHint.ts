import { useTranslation } from 'react-i18next';
import { type ClientCall, useSecondsUntil } from '../../../calling/index.ts';
import { describeRetry } from '../../../session/index.ts';

/** When another try can help, where the bridge said so; null when it didn't, and from that moment on. */
export function useRetryHint({ end, endedAtMs }: ClientCall): string | null {
  const { t, i18n } = useTranslation();
  const retryAfterMs = end?.error?.retryAfterMs;
  const atMs = retryAfterMs === undefined || endedAtMs === null ? null : endedAtMs + retryAfterMs;
  const secondsLeft = useSecondsUntil(atMs);
  if (atMs === null || secondsLeft === null) return null;
  return describeRetry({ atMs, nowMs: atMs - secondsLeft * 1000, language: i18n.language }, t);
}
