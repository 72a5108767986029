import { useTranslation } from 'react-i18next';
import type { OrderedFieldWords } from '../../ui/workbench/index.ts';

/** What an `OrderedField` says, whatever is put into order. */
export function useOrderWords(words: Pick<OrderedFieldWords, 'add' | 'choose'>): OrderedFieldWords {
  const { t } = useTranslation();
  return {
    ...words,
    up: (name) => t('admin.order.up', { name }),
    down: (name) => t('admin.order.down', { name }),
    remove: (name) => t('admin.order.remove', { name }),
    moved: (name, place, total) => t('admin.order.moved', { name, place, total }),
  };
}
