import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceField } from '../../ui/workbench/index.ts';
import { type Option, useOptions } from '../api/index.ts';

export interface BrandChoice {
  /** Null: all. */
  readonly chosen: string | null;
  readonly choose: (id: string | null) => void;
  readonly options: readonly Option[];
}

/** Which brand's entities a list shows. */
export function useBrandFilter(): BrandChoice {
  const { options } = useOptions('brands');
  const [chosen, choose] = useState<string | null>(null);
  return { chosen, choose, options };
}

/** Only where there is something to choose. */
export function BrandFilter({ filter }: { filter: BrandChoice }) {
  const { t } = useTranslation();
  if (filter.options.length < 2) return null;
  return (
    <ChoiceField
      label={t('admin.list.brand')}
      options={filter.options}
      value={filter.chosen}
      onChange={filter.choose}
      noneName={t('admin.list.anyBrand')}
    />
  );
}
