import type { TFunction } from 'i18next';

const hourMs = 3_600_000;

export interface RetryMoment {
  /** When another try can help, in milliseconds since the epoch. */
  readonly atMs: number;
  readonly nowMs: number;
  /** BCP 47. */
  readonly language: string;
}

/** When to try again, as a sentence: soon in words (`in 2 minutes`), later by the clock; null when it is past. */
export function describeRetry({ atMs, nowMs, language }: RetryMoment, t: TFunction): string | null {
  const leftMs = atMs - nowMs;
  if (leftMs <= 0) return null;
  if (leftMs < hourMs) return t('retry.in', { time: inWords(leftMs, language) });
  const isToday = new Date(atMs).toDateString() === new Date(nowMs).toDateString();
  const format = new Intl.DateTimeFormat(language, {
    ...(!isToday && { weekday: 'long' }),
    hour: 'numeric',
    minute: '2-digit',
  });
  return t('retry.at', { time: format.format(atMs) });
}

/** Rounded up: who waits as long as that is not refused again. */
function inWords(leftMs: number, language: string): string {
  const words = new Intl.RelativeTimeFormat(language);
  const seconds = Math.ceil(leftMs / 1000);
  return seconds < 60 ? words.format(seconds, 'second') : words.format(Math.ceil(seconds / 60), 'minute');
}
