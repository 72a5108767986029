import { useTranslation } from 'react-i18next';
import type { CallRecordView } from '../../../../shared/admin/index.ts';
import { useBrand } from '../../../branding/index.ts';
import { formatNumber } from '../../../phone-numbers/index.ts';
import { describeDuration, useFigures } from '../../words/index.ts';

export interface CallWords {
  /** Who called, and who was called: a person by name, a number for reading. */
  readonly caller: (call: CallRecordView) => string;
  readonly called: (call: CallRecordView) => string;
  readonly number: (number: string | null) => string;
  readonly result: (call: CallRecordView) => string;
  /** Talking time; a dash where nobody talked, or where it goes on. */
  readonly talked: (call: CallRecordView) => string;
  readonly cost: (costMicros: number | null) => string;
  /** A time of the day to the millisecond. */
  readonly exactTime: (atMs: number) => string;
}

const none = '–';

/** Says what is in a call's record as the person's language and country do. */
export function useCallWords(): CallWords {
  const { t, i18n } = useTranslation();
  const { defaultCountry } = useBrand();
  const { delay } = useFigures();
  const time = new Intl.DateTimeFormat(i18n.language, {
    ...({ hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 } as const),
  });
  const amount = new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 2, maximumFractionDigits: 6 });
  const number = (text: string | null) => {
    if (text === null || text === '') return t('admin.calls.withheld');
    // What was anonymised is no number any more, and is left as it is.
    return text.includes('x') ? text : formatNumber(text, defaultCountry);
  };
  const person = ({ userName, userId }: CallRecordView) =>
    userName ?? (userId === null ? null : t('admin.calls.visitor'));
  return {
    number,
    caller: (call) => {
      if (call.direction === 'outgoing') return person(call) ?? number(call.callingNumber);
      return call.callingName ?? number(call.callingNumber);
    },
    called: (call) => {
      if (call.direction === 'outgoing') return call.calledName ?? number(call.calledNumber);
      return person(call) ?? number(call.calledNumber);
    },
    result: ({ outcome }) => t(outcome === null ? 'admin.calls.up' : `admin.calls.outcomes.${outcome}`),
    talked: ({ talkMs }) => {
      if (talkMs === null || talkMs === 0) return none;
      return talkMs < 1000 ? delay(talkMs) : describeDuration(talkMs, i18n.language);
    },
    cost: (costMicros) => (costMicros === null ? none : amount.format(costMicros / 1_000_000)),
    exactTime: (atMs) => time.format(atMs),
  };
}
