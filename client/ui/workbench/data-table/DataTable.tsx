import { narrowQuery, useMediaQuery } from '../../useMediaQuery.ts';
import { DataCards } from './DataCards.tsx';
import type { DataTableProps } from './DataTableProps.ts';
import { LongTable } from './long/LongTable.tsx';
import { PlainTable } from './PlainTable.tsx';

/** A table on wide screens, a card for each row on narrow ones. */
export function DataTable<Item>(props: DataTableProps<Item>) {
  const isNarrow = useMediaQuery(narrowQuery);
  if (isNarrow) return <DataCards {...props} />;
  return props.isLong ? <LongTable {...props} /> : <PlainTable {...props} />;
}
