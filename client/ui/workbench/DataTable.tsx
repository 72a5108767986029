import { ChevronDown, ChevronRight, ChevronUp } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import {
  Button as AriaButton,
  Cell,
  Column,
  Row,
  type SortDescriptor,
  Table,
  TableBody,
  TableHeader,
  TableLayout,
  Virtualizer,
} from 'react-aria-components';
import { Button } from '../Button.tsx';
import { classNames } from '../classNames.ts';
import { narrowQuery, useMediaQuery } from '../useMediaQuery.ts';
import './DataTable.css';
import './LongTable.css';
import { sortRows } from './sortRows.ts';

export interface DataColumn<Item> {
  readonly id: string;
  readonly name: string;
  readonly cell: (item: Item) => ReactNode;
  /** What to sort by; absent: can't be sorted by this. */
  readonly sortKey?: (item: Item) => string | number;
  readonly align?: 'end';
  /** Names the row, for screen readers and on cards; the first does where none does. */
  readonly isName?: boolean;
  /** Not on a phone's cards. */
  readonly isMinor?: boolean;
  /** Of a long table: at least so many pixels; what is left is shared out by these. */
  readonly minWidth?: number;
}

export interface DataTableProps<Item> {
  readonly label: string;
  readonly columns: readonly DataColumn<Item>[];
  readonly rows: readonly Item[];
  readonly idOf: (item: Item) => string;
  readonly nameOf: (item: Item) => string;
  /** Opens what the row stands for, by click, tap or Enter. */
  readonly onOpen?: (item: Item) => void;
  /** False while there is more to load: part of a list can't be sorted. */
  readonly isComplete: boolean;
  /**
   * For thousands of rows: only those in sight are made, and one is made anew only when it is another object than before. `columns` must stay
   * the same from one time to the next. On narrow screens the first hundred are shown, and more on demand (`moreLabel`).
   */
  readonly isLong?: boolean;
  readonly moreLabel?: string;
}

const rowHeight = 48;
const columnsHeight = 44;
const cardsAtOnce = 100;

/** A table on wide screens, a card for each row on narrow ones. */
export function DataTable<Item>(props: DataTableProps<Item>) {
  const isNarrow = useMediaQuery(narrowQuery);
  return isNarrow ? <Cards {...props} /> : <WideTable {...props} />;
}

function WideTable<Item>(props: DataTableProps<Item>) {
  if (!props.isLong) return <PlainTable {...props} />;
  return (
    <Virtualizer layout={TableLayout} layoutOptions={{ rowHeight, headingHeight: columnsHeight }}>
      <PlainTable {...props} />
    </Virtualizer>
  );
}

function PlainTable<Item>({ label, columns, rows, idOf, nameOf, onOpen, isComplete, isLong }: DataTableProps<Item>) {
  const kind = isLong ? 'long-table' : 'data-table';
  const [sort, setSort] = useState<SortDescriptor | null>(null);
  const hasNames = columns.some(({ isName }) => isName);
  const sortKey = columns.find(({ id }) => id === sort?.column)?.sortKey;
  const isSorted = isComplete && sort !== null && sortKey !== undefined;
  const shown = isSorted ? sortRows(rows, sortKey, sort.direction) : rows;
  const rowOf = (item: Item) => (
    <Row key={idOf(item)} id={idOf(item)} textValue={nameOf(item)} className={`${kind}-row`}>
      {columns.map(({ id, cell, align }) => (
        <Cell key={id} className={classNames(`${kind}-cell`, align === 'end' && `${kind}-end`)}>
          {cell(item)}
        </Cell>
      ))}
    </Row>
  );
  const table = (
    <Table
      aria-label={label}
      className={kind}
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
        {columns.map(({ id, name, sortKey: canSort, align, isName, minWidth = 90 }, index) => (
          <Column
            key={id}
            id={id}
            isRowHeader={hasNames ? isName === true : index === 0}
            {...(isLong && { minWidth, defaultWidth: `${minWidth}fr` as const })}
            allowsSorting={isComplete && canSort !== undefined}
            className={classNames(`${kind}-column`, align === 'end' && `${kind}-end`)}
          >
            {({ sortDirection }) => (
              <span className="data-table-column-name">
                {name}
                {sortDirection === 'ascending' && <ChevronUp aria-hidden />}
                {sortDirection === 'descending' && <ChevronDown aria-hidden />}
              </span>
            )}
          </Column>
        ))}
      </TableHeader>
      {isLong ? (
        <TableBody items={shown as readonly (Item & object)[]} dependencies={[columns]}>
          {rowOf}
        </TableBody>
      ) : (
        <TableBody>{shown.map(rowOf)}</TableBody>
      )}
    </Table>
  );
  return isLong ? table : <div className="data-table-frame">{table}</div>;
}

function Cards<Item>({ label, columns, rows, idOf, onOpen, isLong, moreLabel }: DataTableProps<Item>) {
  const shown = columns.filter(({ isMinor }) => isMinor !== true);
  const head = shown.find(({ isName }) => isName) ?? shown[0];
  const rest = shown.filter((column) => column !== head);
  const [most, setMost] = useState(cardsAtOnce);
  const listed = isLong ? rows.slice(0, most) : rows;
  const list = (
    <ul className="data-cards" aria-label={label}>
      {listed.map((item) => {
        const content = (
          <>
            <span className="data-card-text">
              <span className="data-card-title">{head?.cell(item)}</span>
              {rest.map(({ id, name, cell }) => (
                <span key={id} className="data-card-line">
                  <span className="data-card-name">{name}</span> <span className="data-card-value">{cell(item)}</span>
                </span>
              ))}
            </span>
            {onOpen && <ChevronRight aria-hidden className="data-card-sign" />}
          </>
        );
        return (
          <li key={idOf(item)}>
            {onOpen ? (
              <AriaButton className="data-card" onPress={() => onOpen(item)}>
                {content}
              </AriaButton>
            ) : (
              <div className="data-card">{content}</div>
            )}
          </li>
        );
      })}
    </ul>
  );
  if (listed.length === rows.length) return list;
  return (
    <>
      {list}
      <Button onPress={() => setMost((present) => present + cardsAtOnce)}>{moreLabel}</Button>
    </>
  );
}
