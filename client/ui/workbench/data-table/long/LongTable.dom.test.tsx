import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DataColumn } from '../DataColumn.ts';
import { LongTable } from './LongTable.tsx';
import { headingHeight, rowHeight } from './useRowsInSight.ts';

interface Fruit {
  readonly id: string;
  readonly price: number;
}

const cells = vi.fn();
const columns: readonly DataColumn<Fruit>[] = [
  {
    id: 'name',
    name: 'Name',
    cell: ({ id }) => {
      cells(id);
      return id;
    },
  },
  { id: 'price', name: 'Price', cell: ({ price }) => price, sortKey: ({ price }) => price },
];
const idOf = ({ id }: Fruit) => id;
const fruit = (number: number): Fruit => ({ id: `fruit ${number}`, price: (number * 7) % 2000 });
const many = Array.from({ length: 2000 }, (_, index) => fruit(index));

// Room for ten rows: there is no layout here.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(headingHeight + 10 * rowHeight);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  cells.mockClear();
});

function renderTable(rows: readonly Fruit[] = many) {
  const opened: string[] = [];
  const table = (present: readonly Fruit[]) => (
    <LongTable
      label="Fruits"
      {...{ columns, idOf }}
      nameOf={idOf}
      rows={present}
      onOpen={({ id }) => opened.push(id)}
      isComplete
    />
  );
  const { rerender } = render(table(rows));
  return { opened, user: userEvent.setup(), change: (next: readonly Fruit[]) => rerender(table(next)) };
}

const focused = () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent;
const rowNames = () => screen.getAllByRole('rowheader').map(({ textContent }) => textContent);

describe('LongTable', () => {
  it('makes the rows in sight and a few around, and says how many there are', () => {
    renderTable();
    expect(rowNames()).toHaveLength(17);
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('2001');
    const grid = screen.getByRole('grid');
    grid.scrollTop = 1000 * rowHeight;
    fireEvent.scroll(grid);
    const row = screen.getByRole('row', { name: 'fruit 1005' });
    expect(row.getAttribute('aria-rowindex')).toBe('1007');
    expect(row.style.top).toBe(`${1005 * rowHeight}px`);
    // The first is where Tab leads to.
    expect(rowNames()).toHaveLength(24);
    expect(rowNames().slice(0, 2)).toEqual(['fruit 0', 'fruit 994']);
  });

  it('makes anew only the row that changed, wherever the others move', () => {
    const { change } = renderTable();
    cells.mockClear();
    change(many.map((one) => (one.id === 'fruit 3' ? { ...one, price: 1 } : one)).slice(1));
    expect(cells.mock.calls.flat()).toEqual(['fruit 3', 'fruit 17']);
  });

  it('shows what is left when most rows go while it is scrolled far down', () => {
    const { change } = renderTable();
    const grid = screen.getByRole('grid');
    grid.scrollTop = 1900 * rowHeight;
    fireEvent.scroll(grid);
    change(many.slice(0, 3));
    expect(rowNames()).toEqual(['fruit 0', 'fruit 1', 'fruit 2']);
  });

  it('is one stop for Tab, and opens rows by keyboard and by click', async () => {
    const { opened, user } = renderTable();
    await user.tab();
    expect(focused()).toBe('fruit 0');
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(focused()).toBe('fruit 2');
    await user.keyboard('{ArrowRight}{ArrowRight}');
    expect(focused()).toBe('14');
    await user.keyboard(' {Control>}{End}{/Control}');
    expect(focused()).toBe(String((1999 * 7) % 2000));
    await user.click(screen.getByText('fruit 4'));
    expect(focused()).toBe('fruit 4');
    expect(opened).toEqual(['fruit 2', 'fruit 2', 'fruit 4']);
    await user.tab();
    expect(document.activeElement).toBe(document.body);
  });

  it('sorts by a heading, by click and by keyboard, and only by those that can be sorted', async () => {
    const { user } = renderTable(many.slice(0, 4).reverse());
    await user.click(screen.getByRole('columnheader', { name: 'Price' }));
    expect(rowNames()).toEqual(['fruit 0', 'fruit 1', 'fruit 2', 'fruit 3']);
    await user.keyboard('{Enter}');
    expect(rowNames()).toEqual(['fruit 3', 'fruit 2', 'fruit 1', 'fruit 0']);
    expect(screen.getByRole('columnheader', { name: 'Price' }).getAttribute('aria-sort')).toBe('descending');
    await user.keyboard('{ArrowLeft}{Enter}');
    expect(focused()).toBe('Name');
    expect(screen.getByRole('columnheader', { name: 'Name' }).hasAttribute('aria-sort')).toBe(false);
    expect(rowNames()[0]).toBe('fruit 3');
  });

  it('keeps the focus on its row while others come and go, and gives it to the next when the row ends', async () => {
    const { user, change } = renderTable();
    await user.tab();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    change(many.slice(1));
    expect(focused()).toBe('fruit 2');
    change(many.slice(3));
    expect(focused()).toBe('fruit 4');
    await user.keyboard('{ArrowUp}');
    expect(focused()).toBe('fruit 3');
  });

  it('takes no focus when a row ends that had none', async () => {
    const { change } = renderTable();
    change(many.slice(3));
    expect(document.activeElement).toBe(document.body);
  });
});
