/** Where the focus of a grid is. */
export interface GridPlace {
  /** -1: the headings. */
  readonly row: number;
  /** Null: the row as a whole, which the headings don't have. */
  readonly column: number | null;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** How many rows a page up or down is. */
  readonly page: number;
}

/**
 * Where a key leads (WAI-ARIA Authoring Practices, data grids): to rows as a whole first, and into their cells by the right arrow.
 * Null: the key means nothing here. At an edge it is the same place.
 */
export function moveInGrid(place: GridPlace, key: string, size: GridSize): GridPlace | null {
  const { row, column } = place;
  const isHeading = row === -1;
  const toRow = (wanted: number): GridPlace => {
    const next = Math.max(-1, Math.min(size.rows - 1, wanted));
    return { row: next, column: next === -1 ? (column ?? 0) : column };
  };
  const inRows = (wanted: number) => (size.rows === 0 ? place : toRow(Math.max(0, wanted)));
  const isOfCells = isHeading || column !== null;
  switch (key) {
    case 'ArrowDown':
      return toRow(row + 1);
    case 'ArrowUp':
      return toRow(row - 1);
    case 'ArrowRight':
      return { row, column: Math.min(size.columns - 1, column === null ? 0 : column + 1) };
    case 'ArrowLeft':
      if (column === null || column === 0) return isHeading ? place : { row, column: null };
      return { row, column: column - 1 };
    case 'PageDown':
      return inRows(row + size.page);
    case 'PageUp':
      return inRows(row - size.page);
    case 'Home':
      return isOfCells ? { row, column: 0 } : inRows(0);
    case 'End':
      return isOfCells ? { row, column: size.columns - 1 } : inRows(size.rows - 1);
    case 'Control+Home':
      return inRows(0);
    case 'Control+End':
      return inRows(size.rows - 1);
    default:
      return null;
  }
}
