import type { TFunction } from 'i18next';
import type { ErrorCode } from '../../../shared/errors/index.ts';
import { describeError } from '../../session/index.ts';
import { type ClientCall, type ClientCallEnd, isNumberRefusal } from '../call/index.ts';
import { browserFamily } from './browserFamily.ts';

/** The state of a call in a few words; a refusal in its own sentence. For the screen and for screen readers alike. */
export function describeStatus(call: ClientCall, t: TFunction): string {
  const { end } = call;
  if (end === null) return t(`status.${call.phase}`);
  if (end.microphone !== undefined) {
    return `${t(`microphone.${end.microphone}.title`)}. ${t(`microphone.${end.microphone}.text`)}`;
  }
  if (end.error !== undefined) return describeError(end.error, t);
  return t(`end.${end.outcome}`);
}

export interface EndDescription {
  readonly title: string;
  readonly text: string | null;
  /** Something went wrong, or the call was not made; not: it came to its end. */
  readonly isTrouble: boolean;
}

/** How a call ended, and what can be done; `duration` is the talk time in words. */
export function describeEnd(call: ClientCall, duration: string, t: TFunction, userAgent: string): EndDescription {
  const end: ClientCallEnd = call.end ?? { outcome: 'answered', by: 'caller' };
  const { microphone, error, outcome } = end;
  if (microphone !== undefined) {
    const help = microphone === 'blocked' ? ` ${t(`microphone.blocked.${browserFamily(userAgent)}`)}` : '';
    const text = t(`microphone.${microphone}.text`) + help;
    return { title: t(`microphone.${microphone}.title`), text, isTrouble: true };
  }
  if (error !== undefined) {
    const text = describeError(error, t);
    if (!isLimitEnd(end)) return { title: titleOf(end, t), text, isTrouble: true };
    return { title: t('end.answered'), text: `${text} ${t('endHint.answered', { duration })}`, isTrouble: false };
  }
  const title = t(`end.${outcome}`);
  if (outcome === 'refused' || outcome === 'unreachable' || outcome === 'failed')
    return { title, text: null, isTrouble: false };
  return { title, text: t(`endHint.${outcome}`, { duration }), isTrouble: false };
}

/** A limit ended it when it had been answered: no more than what was announced. */
function isLimitEnd({ outcome, error }: ClientCallEnd): boolean {
  return outcome === 'answered' && error !== undefined && limitErrors.has(error.code);
}

const limitErrors: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'maxDurationReached',
  'dailyMinutesReached',
  'dailyCostReached',
]);

function titleOf({ outcome, error }: ClientCallEnd, t: TFunction): string {
  if (error?.code === 'notAPhoneNumber') return t('end.notANumber');
  if (outcome !== 'refused' || error === undefined || isNumberRefusal(error)) return t(`end.${outcome}`);
  return error.canRetry ? t('end.notNow') : t('end.notAllowed');
}
