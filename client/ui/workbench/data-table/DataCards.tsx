import { ChevronRight } from 'lucide-react';
import { memo, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Button } from '../../Button.tsx';
import { type DataColumn, nameColumn } from './DataColumn.ts';
import './DataCards.css';
import type { DataTableProps } from './DataTableProps.ts';

const cardsAtOnce = 100;

/** A card for each row, for narrow screens. */
export function DataCards<Item>({ label, columns, rows, idOf, onOpen, isLong, moreLabel }: DataTableProps<Item>) {
  const [most, setMost] = useState(cardsAtOnce);
  const listed = isLong ? rows.slice(0, most) : rows;
  const list = (
    <ul className="data-cards" aria-label={label}>
      {listed.map((item) => (
        <Card key={idOf(item)} item={item} columns={columns} onOpen={onOpen} />
      ))}
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

interface CardProps<Item> {
  readonly item: Item;
  readonly columns: readonly DataColumn<Item>[];
  readonly onOpen: ((item: Item) => void) | undefined;
}

function CardOfRow<Item>({ item, columns, onOpen }: CardProps<Item>) {
  const shown = columns.filter(({ isMinor }) => isMinor !== true);
  const head = nameColumn(shown);
  const content = (
    <>
      <span className="data-card-text">
        <span className="data-card-title">{head?.cell(item)}</span>
        {shown
          .filter((column) => column !== head)
          .map(({ id, name, cell }) => (
            <span key={id} className="data-card-line">
              <span className="data-card-name">{name}</span> <span className="data-card-value">{cell(item)}</span>
            </span>
          ))}
      </span>
      {onOpen && <ChevronRight aria-hidden className="data-card-sign" />}
    </>
  );
  return (
    <li>
      {onOpen ? (
        <AriaButton className="data-card" onPress={() => onOpen(item)}>
          {content}
        </AriaButton>
      ) : (
        <div className="data-card">{content}</div>
      )}
    </li>
  );
}

/** Of rows that didn't change, the cards stay as they are. */
const Card = memo(CardOfRow) as typeof CardOfRow;
