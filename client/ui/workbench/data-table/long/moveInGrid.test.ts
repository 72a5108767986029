import { describe, expect, it } from 'vitest';
import { type GridPlace, moveInGrid } from './moveInGrid.ts';

const size = { rows: 10, columns: 3, page: 4 };
const move = (row: number, column: number | null, ...keys: string[]) =>
  keys.reduce((place: GridPlace, key) => moveInGrid(place, key, size) ?? place, { row, column });

describe('moveInGrid', () => {
  it('goes from row to row, to the headings above the first, and no further', () => {
    expect(move(0, null, 'ArrowDown')).toEqual({ row: 1, column: null });
    expect(move(9, null, 'ArrowDown')).toEqual({ row: 9, column: null });
    expect(move(1, null, 'ArrowUp', 'ArrowUp')).toEqual({ row: -1, column: 0 });
    expect(move(-1, 2, 'ArrowUp')).toEqual({ row: -1, column: 2 });
    expect(move(-1, 2, 'ArrowDown')).toEqual({ row: 0, column: 2 });
  });

  it('goes into the cells of a row and out again, and stays in the headings', () => {
    expect(move(4, null, 'ArrowRight')).toEqual({ row: 4, column: 0 });
    expect(move(4, 2, 'ArrowRight')).toEqual({ row: 4, column: 2 });
    expect(move(4, 1, 'ArrowLeft', 'ArrowLeft')).toEqual({ row: 4, column: null });
    expect(move(4, null, 'ArrowLeft')).toEqual({ row: 4, column: null });
    expect(move(-1, 0, 'ArrowLeft')).toEqual({ row: -1, column: 0 });
  });

  it('turns pages within the rows', () => {
    expect(move(1, 1, 'PageDown')).toEqual({ row: 5, column: 1 });
    expect(move(8, null, 'PageDown')).toEqual({ row: 9, column: null });
    expect(move(2, null, 'PageUp')).toEqual({ row: 0, column: null });
  });

  it('goes to the ends of the rows, or of the row when in a cell', () => {
    expect(move(4, null, 'End')).toEqual({ row: 9, column: null });
    expect(move(4, null, 'Home')).toEqual({ row: 0, column: null });
    expect(move(4, 1, 'End')).toEqual({ row: 4, column: 2 });
    expect(move(4, 1, 'Home')).toEqual({ row: 4, column: 0 });
    expect(move(4, 1, 'Control+End')).toEqual({ row: 9, column: 1 });
    expect(move(4, 1, 'Control+Home')).toEqual({ row: 0, column: 1 });
  });

  it('leaves other keys alone, and stays in the headings where there are no rows', () => {
    expect(moveInGrid({ row: 4, column: null }, 'a', size)).toBeNull();
    expect(moveInGrid({ row: 4, column: null }, 'Control+ArrowDown', size)).toBeNull();
    for (const key of ['ArrowDown', 'PageDown', 'Control+End'])
      expect(moveInGrid({ row: -1, column: 1 }, key, { ...size, rows: 0 })).toEqual({ row: -1, column: 1 });
  });
});
