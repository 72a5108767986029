import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useBrand } from '../../branding/index.ts';
import { type RingingCall, type RingingEnd, useRingingEnded } from '../../calling/index.ts';
import { formatNumber } from '../../phone-numbers/index.ts';
import { findByNumber, useContacts } from '../../records/index.ts';
import { useNotices } from '../../ui/index.ts';

/** Says in passing who dealt with a call that rang here. Missed ones stay until they were seen (`MissedCalls`). */
export function useRingingNotices(): void {
  const { t } = useTranslation();
  const { defaultCountry } = useBrand();
  const contacts = useContacts();
  const notices = useNotices();
  const titleOf = ({ number, name }: RingingCall) => {
    if (number === '') return name ?? t('common.withheldNumber');
    return findByNumber(contacts, number)?.name ?? name ?? formatNumber(number, defaultCountry);
  };
  useRingingEnded((call, end) => {
    const text = describeRingingEnd(end, titleOf(call), t);
    if (text !== null) notices.post({ tone: 'plain', text });
  });
}

/** Null for a call that was missed. */
function describeRingingEnd({ reason, takenBy }: RingingEnd, party: string, t: TFunction): string | null {
  if (reason === 'declined') return t('incoming.declinedElsewhere', { party });
  if (reason !== 'taken') return null;
  if (takenBy === null) return t('incoming.taken', { party });
  return takenBy.isSelf
    ? t('incoming.takenElsewhere', { party })
    : t('incoming.takenBy', { party, name: takenBy.displayName });
}
