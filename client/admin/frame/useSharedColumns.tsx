import { useTranslation } from 'react-i18next';
import { Badge, type DataColumn } from '../../ui/workbench/index.ts';
import { useOptions } from '../api/index.ts';

/** Columns that several lists have. */
export interface SharedColumns {
  readonly brand: DataColumn<{ readonly brandId: string | null }>;
  readonly status: DataColumn<{ readonly isEnabled: boolean }>;
}

export function useSharedColumns(): SharedColumns {
  const { t } = useTranslation();
  const brands = useOptions('brands');
  const brandName = (id: string | null) => (id === null ? t('admin.list.everyBrand') : brands.nameOf(id));
  return {
    brand: {
      id: 'brand',
      name: t('admin.list.brand'),
      cell: ({ brandId }) => brandName(brandId),
      sortKey: ({ brandId }) => brandName(brandId),
    },
    status: {
      id: 'status',
      name: t('admin.list.status'),
      cell: ({ isEnabled }) =>
        isEnabled ? (
          <Badge tone="good">{t('admin.list.enabled')}</Badge>
        ) : (
          <Badge tone="danger">{t('admin.list.disabled')}</Badge>
        ),
      sortKey: ({ isEnabled }) => (isEnabled ? 0 : 1),
    },
  };
}
