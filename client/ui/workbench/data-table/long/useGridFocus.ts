import { type FocusEvent, type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { type GridPlace, moveInGrid } from './moveInGrid.ts';

export interface GridFocusOptions {
  readonly grid: RefObject<HTMLElement | null>;
  /** Of the rows, in their order. */
  readonly ids: readonly string[];
  readonly columns: number;
  readonly page: number;
  /** Enter or the space bar: on the row of this place, or the heading. */
  readonly onPress: (place: GridPlace) => void;
}

export interface GridFocus {
  /** What Tab leads to, and arrows go on from. That row is to be there even out of sight: what leaves the page loses the focus. */
  readonly place: GridPlace;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus: (event: FocusEvent) => void;
  readonly onBlur: () => void;
}

interface Held {
  /** Null: the headings. */
  readonly id: string | null;
  readonly column: number | null;
}

/**
 * One stop for Tab in a grid whose rows come and go, and keys that move it. It stays with its row wherever that moves, and goes to the next one
 * when the row ends. The element with `data-stop` gets the focus.
 */
export function useGridFocus({ grid, ids, columns, page, onPress }: GridFocusOptions): GridFocus {
  const [held, setHeld] = useState<Held | undefined>(undefined);
  const lastRow = useRef(0);
  const isFocused = useRef(false);
  const isMoved = useRef(false);
  const place = placeOf(held, ids, lastRow.current);

  useLayoutEffect(() => {
    lastRow.current = Math.max(0, place.row);
    // The row that had it has ended: nobody is told of a blur then.
    const isLost = isFocused.current && document.activeElement === document.body;
    if (!isMoved.current && !isLost) return;
    isMoved.current = false;
    const stop = grid.current?.querySelector<HTMLElement>('[data-stop]');
    stop?.focus({ preventScroll: true });
    stop?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });

  const hold = ({ row, column }: GridPlace) => setHeld({ id: row === -1 ? null : (ids[row] ?? null), column });
  return {
    place,
    onKeyDown: (event) => {
      // Of a control within a cell, keys are its own.
      const isOfGrid = (event.target as HTMLElement).hasAttribute('data-stop');
      if (!isOfGrid || event.altKey || event.metaKey || event.shiftKey) return;
      const isPress = event.key === 'Enter' || event.key === ' ';
      const next = moveInGrid(place, event.ctrlKey ? `Control+${event.key}` : event.key, {
        ...{ rows: ids.length, columns, page },
      });
      if (!isPress && next === null) return;
      event.preventDefault();
      if (isPress) onPress(place);
      if (next === null) return;
      isMoved.current = true;
      hold(next);
    },
    onFocus: ({ target }) => {
      isFocused.current = true;
      const row = target.closest<HTMLElement>('[data-row]');
      const column = target.closest<HTMLElement>('[data-column]')?.dataset.column;
      const next = { id: row?.dataset.row ?? null, column: column === undefined ? null : Number(column) };
      if (next.id !== held?.id || next.column !== held?.column) setHeld(next);
    },
    onBlur: () => {
      isFocused.current = false;
    },
  };
}

function placeOf(held: Held | undefined, ids: readonly string[], lastRow: number): GridPlace {
  if (held === undefined) return { row: ids.length === 0 ? -1 : 0, column: ids.length === 0 ? 0 : null };
  if (held.id === null) return { row: -1, column: held.column ?? 0 };
  const row = ids.indexOf(held.id);
  if (row !== -1) return { row, column: held.column };
  const next = Math.min(lastRow, ids.length - 1);
  return { row: next, column: next === -1 ? 0 : held.column };
}
