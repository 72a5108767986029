import { useTranslation } from 'react-i18next';
import { useBrand } from '../branding/index.ts';
import { formatNumber } from '../phone-numbers/index.ts';
import { useContactByNumber } from './RecordsProvider.tsx';

export interface Party {
  /** From the address book, else as it was told; null: none is known. */
  readonly name: string | null;
  /** For reading; in words where it is withheld. */
  readonly number: string;
  /** The name, else the number. */
  readonly title: string;
  /** There is a number that can be dialled. */
  readonly hasNumber: boolean;
  readonly isContact: boolean;
}

/** The other side of a call, for people. `number` is empty where it is withheld. */
export function useParty({ number, name }: { readonly number: string; readonly name: string | null }): Party {
  const { t } = useTranslation();
  const { defaultCountry } = useBrand();
  const contact = useContactByNumber(number);
  const known = contact?.name ?? name;
  const written = number === '' ? t('common.withheldNumber') : formatNumber(number, defaultCountry);
  const hasNumber = number !== '';
  return { name: known, number: written, title: known ?? written, hasNumber, isContact: contact !== undefined };
}
