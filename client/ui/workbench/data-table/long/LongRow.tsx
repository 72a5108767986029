import { type CSSProperties, memo } from 'react';
import { classNames } from '../../../classNames.ts';
import { type DataColumn, nameColumn } from '../DataColumn.ts';
import { rowHeight } from './useRowsInSight.ts';

export interface LongRowProps<Item> {
  readonly item: Item;
  readonly id: string;
  readonly name: string;
  readonly index: number;
  readonly columns: readonly DataColumn<Item>[];
  readonly opens: boolean;
  /** Where the focus goes: null: the row, a number: one of its cells, absent: none of them. */
  readonly stop: number | null | undefined;
}

/** A row at its place. What reacts to it is the table: so nothing of it is new while it moves or others change. */
function Row<Item>({ item, id, name, index, columns, opens, stop }: LongRowProps<Item>) {
  const style: CSSProperties = { top: index * rowHeight, height: rowHeight };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table's own elements don't go where they are put.
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-label={name}
      tabIndex={stop === null ? 0 : -1}
      data-row={id}
      data-stop={stop === null ? '' : undefined}
      className={classNames('long-table-row', opens && 'long-table-opens')}
      style={style}
    >
      <Cells item={item} columns={columns} stop={stop ?? undefined} />
    </div>
  );
}

export const LongRow = memo(Row) as typeof Row;

interface CellsProps<Item> extends Pick<LongRowProps<Item>, 'item' | 'columns'> {
  readonly stop: number | undefined;
}

function RowCells<Item>({ item, columns, stop }: CellsProps<Item>) {
  const named = nameColumn(columns);
  const cells = columns.map((column, index) => (
    <div
      key={column.id}
      role={column === named ? 'rowheader' : 'gridcell'}
      className={classNames('long-table-cell', column.align === 'end' && 'long-table-end')}
      {...(stop === index && { tabIndex: 0, 'data-stop': '', 'data-column': index })}
    >
      {column.cell(item)}
    </div>
  ));
  return <>{cells}</>;
}

const Cells = memo(RowCells) as typeof RowCells;
