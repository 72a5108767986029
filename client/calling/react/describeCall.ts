import type { TFunction } from 'i18next';
import type { CallOutcome } from '../../../shared/domain/index.ts';
import type { ErrorCode } from '../../../shared/errors/index.ts';
import { describeError } from '../../session/index.ts';
import { type ClientCall, type ClientCallEnd, isNumberRefusal, type RingingEnd } from '../call/index.ts';
import { browserFamily } from './browserFamily.ts';

/** The state of a call in a few words; a refusal in its own sentence. For the screen and for screen readers alike. */
export function describeStatus(call: ClientCall, t: TFunction): string {
  const { end } = call;
  if (end === null) return t(`status.${statusOf(call)}`);
  if (end.microphone !== undefined) {
    return `${t(`microphone.${end.microphone}.title`)}. ${t(`microphone.${end.microphone}.text`)}`;
  }
  if (end.error !== undefined) return describeError(end.error, t);
  if (end.tooLate !== undefined) return t(`end.tooLate.${end.tooLate.reason}`);
  if (end.transferredTo !== undefined) return t('end.transferred');
  if (end.movedTo !== undefined) return t('end.moved', { device: end.movedTo });
  return t(`end.${end.outcome}`);
}

/** What is most worth knowing of a call that is up. */
function statusOf(call: ClientCall) {
  if (call.takesOver !== null && call.phase === 'requested') return `takesOver.${call.takesOver}` as const;
  if (isBeingAnswered(call)) return 'answering';
  if (call.phase !== 'established') return call.phase;
  if (call.transfer !== null) return `transfer.${call.transfer.state}` as const;
  if (call.isOnHold) return 'onHold';
  if (call.referral !== null) return 'referral';
  return call.isHeldByOther ? 'heldByOther' : 'established';
}

/** Taken by the person, and not yet connected. */
function isBeingAnswered({ direction, phase }: ClientCall): boolean {
  const isUnderWay = phase !== 'askingMicrophone' && phase !== 'established' && phase !== 'disconnecting';
  return direction === 'incoming' && isUnderWay;
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
  const { microphone, error, outcome, tooLate } = end;
  if (microphone !== undefined) {
    const help = microphone === 'blocked' ? ` ${t(`microphone.blocked.${browserFamily(userAgent)}`)}` : '';
    const what = call.takesOver === null ? t(`microphone.${microphone}.text`) : t('moving.stays');
    const text = what + help;
    return { title: t(`microphone.${microphone}.title`), text, isTrouble: true };
  }
  if (error !== undefined) {
    const text = describeError(error, t);
    if (!isLimitEnd(end)) return { title: titleOf(end, t), text, isTrouble: true };
    return { title: t('end.answered'), text: `${text} ${t('endHint.answered', { duration })}`, isTrouble: false };
  }
  if (tooLate !== undefined) return describeTooLate(tooLate, t);
  if (end.transferredTo !== undefined)
    return { title: t('end.transferred'), text: t('endHint.transferred'), isTrouble: false };
  if (end.movedTo !== undefined)
    return { title: t('end.moved', { device: end.movedTo }), text: t('endHint.moved'), isTrouble: false };
  const title = t(`end.${outcome}`);
  if (outcome === 'refused' || outcome === 'unreachable' || outcome === 'failed')
    return { title, text: null, isTrouble: false };
  const text = call.direction === 'incoming' ? incomingHint(outcome, t) : null;
  return { title, text: text ?? t(`endHint.${outcome}`, { duration }), isTrouble: false };
}

/** Who wanted to take a call and was too late: nothing is wrong, and the caller can be dialled back. */
function describeTooLate({ reason, takenBy }: RingingEnd, t: TFunction): EndDescription {
  const title = t(`end.tooLate.${reason}`);
  if (takenBy === null) return { title, text: null, isTrouble: false };
  const text = takenBy.isSelf ? t('endHint.takenElsewhere') : t('endHint.takenBy', { name: takenBy.displayName });
  return { title, text, isTrouble: false };
}

/** What the hints of outgoing calls would tell the wrong way round. */
function incomingHint(outcome: CallOutcome, t: TFunction): string | null {
  if (outcome === 'declined') return t('endHint.incomingDeclined');
  if (outcome === 'cancelled') return t('endHint.incomingCancelled');
  return outcome === 'noAnswer' || outcome === 'busy' ? t('endHint.incomingNoAnswer') : null;
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
