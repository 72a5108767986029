import { useTranslation } from 'react-i18next';
import { useBrand } from '../../branding/index.ts';
import type { RingingCall } from '../../calling/index.ts';
import { formatNumber } from '../../phone-numbers/index.ts';

/** Which number of ours is called, and in which group: `called Support · group Sales`. */
export function useCalledLine({ called, groupName }: Pick<RingingCall, 'called' | 'groupName'>): string {
  const { t } = useTranslation();
  const { defaultCountry } = useBrand();
  const line = t('incoming.line', { line: called.name ?? formatNumber(called.number, defaultCountry) });
  return groupName === null ? line : `${line} · ${t('incoming.group', { group: groupName })}`;
}
