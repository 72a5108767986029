import { ChevronDown, ChevronUp } from 'lucide-react';
import { useState } from 'react';
import { Cell, Column, Row, type SortDescriptor, Table, TableBody, TableHeader } from 'react-aria-components';
import { classNames } from '../../classNames.ts';
import { nameColumn } from './DataColumn.ts';
import './DataTable.css';
import type { DataTableProps } from './DataTableProps.ts';
import { sortRows } from './sortRows.ts';

/** Every row at once. */
export function PlainTable<Item>({ label, columns, rows, idOf, nameOf, onOpen, isComplete }: DataTableProps<Item>) {
  const [sort, setSort] = useState<SortDescriptor | null>(null);
  const sortKey = columns.find(({ id }) => id === sort?.column)?.sortKey;
  const isSorted = isComplete && sort !== null && sortKey !== undefined;
  const shown = isSorted ? sortRows(rows, sortKey, sort.direction) : rows;
  return (
    <div className="data-table-frame">
      <Table
        aria-label={label}
        className="data-table"
        {...(isSorted && { sortDescriptor: sort })}
        onSortChange={setSort}
        {...(onOpen && {
          onRowAction: (key) => {
            const item = rows.find((row) => idOf(row) === key);
            if (item !== undefined) onOpen(item);
          },
        })}
      >
        <TableHeader>
          {columns.map((column) => (
            <Column
              key={column.id}
              id={column.id}
              isRowHeader={column === nameColumn(columns)}
              allowsSorting={isComplete && column.sortKey !== undefined}
              className={classNames('data-table-column', column.align === 'end' && 'data-table-end')}
            >
              {({ sortDirection }) => (
                <span className="data-table-column-name">
                  {column.name}
                  {sortDirection === 'ascending' && <ChevronUp aria-hidden />}
                  {sortDirection === 'descending' && <ChevronDown aria-hidden />}
                </span>
              )}
            </Column>
          ))}
        </TableHeader>
        <TableBody>
          {shown.map((item) => (
            <Row key={idOf(item)} id={idOf(item)} textValue={nameOf(item)} className="data-table-row">
              {columns.map(({ id, cell, align }) => (
                <Cell key={id} className={classNames('data-table-cell', align === 'end' && 'data-table-end')}>
                  {cell(item)}
                </Cell>
              ))}
            </Row>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
