import { Hash } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { NumberDestination, NumberEntry } from '../../../shared/admin/index.ts';
import { useBrand } from '../../branding/index.ts';
import { formatNumber } from '../../phone-numbers/index.ts';
import type { DataColumn } from '../../ui/workbench/index.ts';
import { useOptions } from '../api/index.ts';
import { EntityListPage, useSharedColumns } from '../frame/index.ts';
import { SheetTools } from '../sheet/index.ts';
import { EditNumber, NewNumber } from './NumberPanel.tsx';
import { numberSheet } from './numberSheet.ts';
import { useNumberName } from './useNumberName.ts';

export function NumbersPage() {
  const { t } = useTranslation();
  const columns = useColumns();
  const nameOf = useNumberName();
  return (
    <EntityListPage
      kind="numbers"
      section="numbers"
      icon={<Hash />}
      words={t('admin.numbers', { returnObjects: true })}
      columns={columns}
      nameOf={nameOf}
      tools={(reload) => <SheetTools kind="numbers" sheet={numberSheet} onImported={reload} />}
      NewPanel={NewNumber}
      OpenPanel={EditNumber}
    />
  );
}

function useColumns(): readonly DataColumn<NumberEntry>[] {
  const { t } = useTranslation();
  const { brand, status } = useSharedColumns();
  const { defaultCountry } = useBrand();
  const groups = useOptions('groups');
  const tell = (destination: NumberDestination) => {
    switch (destination.kind) {
      case 'user':
        return destination.userName;
      case 'group': {
        const name = groups.nameOf(destination.groupId);
        return t(destination.ring === 'inTurn' ? 'admin.numbers.toGroupInTurn' : 'admin.numbers.toGroup', { name });
      }
      case 'telephone':
        return t('admin.numbers.toTelephone', { number: formatNumber(destination.number, defaultCountry) });
    }
  };
  return [
    {
      id: 'number',
      name: t('admin.numbers.number'),
      cell: ({ id }) => <span className="numerals">{formatNumber(id, defaultCountry)}</span>,
      sortKey: ({ id }) => id,
    },
    { id: 'name', name: t('admin.numbers.name'), cell: ({ name }) => name ?? '–', sortKey: ({ name }) => name ?? '' },
    {
      id: 'destination',
      name: t('admin.numbers.destination'),
      cell: ({ destination }) => tell(destination),
      sortKey: ({ destination }) => tell(destination),
    },
    {
      id: 'otherwise',
      name: t('admin.numbers.otherwise'),
      cell: ({ otherwise }) => (otherwise === null ? '–' : tell(otherwise.destination)),
      isMinor: true,
    },
    brand,
    status,
  ];
}
