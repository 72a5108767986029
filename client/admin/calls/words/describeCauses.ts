import type { TFunction } from 'i18next';
import type { CallRecordView } from '../../../../shared/admin/index.ts';
import { type ErrorCode, errorTable } from '../../../../shared/errors/index.ts';
import { describeError } from '../../../session/index.ts';

export interface Causes extends Pick<CallRecordView, 'disconnectedBy' | 'sipStatus' | 'q850' | 'errorCode'> {
  readonly isAnswered: boolean;
}

/** Why a call ended, each cause in words: who ended it, what the network said, and what went wrong on our side. */
export function describeCauses(causes: Causes, t: TFunction): readonly string[] {
  const { isAnswered, disconnectedBy, sipStatus, q850, errorCode } = causes;
  const say = t as unknown as (key: string, values: Readonly<Record<string, unknown>>) => string;
  const words = (group: 'sip' | 'q850', code: number) => say(`admin.calls.${group}.${code}`, { defaultValue: '' });
  const cause = (group: 'sip' | 'q850', code: number | null): string[] => {
    if (code === null) return [];
    const text = words(group, code);
    const values = { [group === 'sip' ? 'status' : 'cause']: code, words: text };
    return [say(`admin.calls.${group}${text === '' ? 'Only' : 'Cause'}`, values)];
  };
  const by = isAnswered ? 'endedBy' : 'unansweredBy';
  return [
    ...(disconnectedBy === null ? [] : [t(`admin.calls.${by}.${disconnectedBy}`)]),
    ...cause('sip', sipStatus),
    ...cause('q850', q850),
    ...(errorCode === null
      ? []
      : [errorCode in errorTable ? describeError({ code: errorCode as ErrorCode }, t) : errorCode]),
  ];
}
