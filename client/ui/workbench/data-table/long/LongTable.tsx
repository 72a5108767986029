import { type CSSProperties, type MouseEvent, useMemo, useRef, useState } from 'react';
import type { DataColumn } from '../DataColumn.ts';
import type { DataTableProps } from '../DataTableProps.ts';
import { LongHeadings, type LongSort } from './LongHeadings.tsx';
import { LongRow } from './LongRow.tsx';
import './LongTable.css';
import { SortedRows } from './SortedRows.ts';
import { useGridFocus } from './useGridFocus.ts';
import { headingHeight, rowHeight, useRowsInSight } from './useRowsInSight.ts';

const usualWidth = 90;

/** A table of thousands of rows that change all the time: only those in sight are made, and made anew only when they change. */
export function LongTable<Item>({ label, columns, rows, idOf, nameOf, onOpen, isComplete }: DataTableProps<Item>) {
  const frame = useRef<HTMLDivElement>(null);
  const [sort, setSort] = useState<LongSort | null>(null);
  const [sorter] = useState(() => new SortedRows<Item>());
  const keyOf = isComplete ? columns.find(({ id }) => id === sort?.column)?.sortKey : undefined;
  const direction = sort?.direction ?? 'ascending';
  const shown = useMemo(
    () => (keyOf === undefined ? rows : sorter.of(rows, { keyOf, direction })),
    [sorter, rows, keyOf, direction],
  );
  const ids = useMemo(() => shown.map(idOf), [shown, idOf]);
  const { first, end, page } = useRowsInSight(frame, shown.length);
  const canSort = (column: DataColumn<Item>) => isComplete && column.sortKey !== undefined;
  const onSort = ({ id }: DataColumn<Item>) =>
    setSort((present) => ({
      column: id,
      direction: present?.column === id && present.direction === 'ascending' ? 'descending' : 'ascending',
    }));
  const open = (item: Item | undefined) => {
    if (item !== undefined) onOpen?.(item);
  };
  const focus = useGridFocus({
    ...{ grid: frame, ids, columns: columns.length, page },
    onPress: ({ row, column: index }) => {
      const column = columns[index ?? 0];
      if (row >= 0) open(shown[row]);
      else if (column !== undefined && canSort(column)) onSort(column);
    },
  });
  const { place } = focus;
  const onClick = ({ target }: MouseEvent<HTMLElement>) => {
    const id = (target as HTMLElement).closest<HTMLElement>('[data-row]')?.dataset.row;
    if (id !== undefined) open(shown[ids.indexOf(id)]);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table's own elements don't go where they are put.
    <div
      ref={frame}
      role="grid"
      aria-label={label}
      aria-rowcount={shown.length + 1}
      aria-colcount={columns.length}
      className="long-table"
      style={measures(columns)}
      onKeyDown={focus.onKeyDown}
      onFocus={focus.onFocus}
      onBlur={focus.onBlur}
      onClick={onClick}
    >
      <LongHeadings
        {...{ columns, canSort, onSort, sort: keyOf === undefined ? null : sort }}
        stop={place.row === -1 ? place.column : null}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
      <div role="rowgroup" className="long-table-body" style={{ height: shown.length * rowHeight }}>
        {indexesOf(first, end, place.row).map((index) => {
          const item = shown[index] as Item;
          const id = ids[index] as string;
          const stop = index === place.row ? place.column : undefined;
          return (
            <LongRow
              key={id}
              name={nameOf(item)}
              opens={onOpen !== undefined}
              {...{ item, id, index, columns, stop }}
            />
          );
        })}
      </div>
    </div>
  );
}

/** The rows in sight, and the one that has the focus. */
function indexesOf(first: number, end: number, focused: number): readonly number[] {
  const indexes = Array.from({ length: Math.max(0, end - first) }, (_, offset) => first + offset);
  if (focused >= 0 && focused < first) return [focused, ...indexes];
  return focused >= end ? [...indexes, focused] : indexes;
}

function measures<Item>(columns: readonly DataColumn<Item>[]): CSSProperties {
  const widths = columns.map(({ minWidth = usualWidth }) => minWidth);
  return {
    '--long-table-columns': widths.map((width) => `minmax(${width}px, ${width}fr)`).join(' '),
    '--long-table-width': `${widths.reduce((sum, width) => sum + width, 0)}px`,
    '--long-table-heading': `${headingHeight}px`,
  } as CSSProperties;
}
