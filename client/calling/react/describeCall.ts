import type { TFunction } from 'i18next';
import { describeError } from '../../session/index.ts';
import type { ClientCall, ClientCallEnd } from '../call/index.ts';
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
}

/** How a call ended, and what can be done; `duration` is the talk time in words. */
export function describeEnd(call: ClientCall, duration: string, t: TFunction, userAgent: string): EndDescription {
  const end: ClientCallEnd = call.end ?? { outcome: 'answered', by: 'caller' };
  if (end.microphone !== undefined) {
    const help = end.microphone === 'blocked' ? ` ${t(`microphone.blocked.${browserFamily(userAgent)}`)}` : '';
    return { title: t(`microphone.${end.microphone}.title`), text: t(`microphone.${end.microphone}.text`) + help };
  }
  const isNoNumber = end.error?.code === 'notAPhoneNumber';
  const title = isNoNumber ? t('end.notANumber') : t(`end.${end.outcome}`);
  if (end.error !== undefined) return { title, text: describeError(end.error, t) };
  if (end.outcome === 'refused' || end.outcome === 'unreachable' || end.outcome === 'failed')
    return { title, text: null };
  return { title, text: t(`endHint.${end.outcome}`, { duration }) };
}
