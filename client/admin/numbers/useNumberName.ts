import type { NumberEntry } from '../../../shared/admin/index.ts';
import { useBrand } from '../../branding/index.ts';
import { formatNumber } from '../../phone-numbers/index.ts';

/** What people call a number of theirs: as they would write it, and its name. */
export function useNumberName(): (entry: Pick<NumberEntry, 'id' | 'name'>) => string {
  const { defaultCountry } = useBrand();
  return ({ id, name }) => {
    const written = formatNumber(id, defaultCountry);
    return name === undefined ? written : `${written} ${name}`;
  };
}
