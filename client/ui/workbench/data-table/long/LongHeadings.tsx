import { ChevronDown, ChevronUp } from 'lucide-react';
import { classNames } from '../../../classNames.ts';
import type { DataColumn } from '../DataColumn.ts';
import type { SortDirection } from '../sortRows.ts';

export interface LongSort {
  readonly column: string;
  readonly direction: SortDirection;
}

export interface LongHeadingsProps<Item> {
  readonly columns: readonly DataColumn<Item>[];
  readonly sort: LongSort | null;
  /** By what the rows can be sorted. */
  readonly canSort: (column: DataColumn<Item>) => boolean;
  readonly onSort: (column: DataColumn<Item>) => void;
  /** Which of them has the table's stop for Tab; null: none. */
  readonly stop: number | null;
}

/** The first row of a long table. It stays in sight. */
export function LongHeadings<Item>({ columns, sort, canSort, onSort, stop }: LongHeadingsProps<Item>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table's own elements don't go where they are put.
    <div role="rowgroup" className="long-table-head">
      {/* biome-ignore lint/a11y/useFocusableInteractive: its columns are, one at a time. */}
      {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
      <div role="row" aria-rowindex={1} className="long-table-columns">
        {columns.map((column, index) => {
          const direction = sort?.column === column.id ? sort.direction : null;
          return (
            // biome-ignore lint/a11y/useSemanticElements: as above.
            <div
              key={column.id}
              role="columnheader"
              tabIndex={stop === index ? 0 : -1}
              data-column={index}
              data-stop={stop === index ? '' : undefined}
              {...(canSort(column) && {
                'aria-sort': direction ?? 'none',
                onClick: () => onSort(column),
              })}
              className={classNames(
                'long-table-column',
                column.align === 'end' && 'long-table-end',
                canSort(column) && 'long-table-sorts',
              )}
            >
              <span className="long-table-name">
                {column.name}
                {direction === 'ascending' && <ChevronUp aria-hidden />}
                {direction === 'descending' && <ChevronDown aria-hidden />}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
