import { parseAmount } from '../words/index.ts';

/** Stands for a cell that can't be read as what its column holds. */
export const unreadable = Symbol('unreadable');

/** How values of a column stand in a cell. An empty cell is no value: what the schema has for it counts. */
export interface CellForm {
  /** For the sentence that says what is expected. */
  readonly name: 'text' | 'number' | 'yesNo' | 'list' | 'json';
  readonly write: (value: unknown) => string;
  /** `unreadable` where it can't be. */
  readonly read: (cell: string) => unknown;
}

export interface SheetColumn {
  readonly heading: string;
  /** Of the setting: `incoming.country`. */
  readonly path: string;
  readonly form: CellForm;
  /** A secret: taken, and never given. */
  readonly isSecret?: boolean;
}

export const text: CellForm = { name: 'text', write: String, read: (cell) => cell };

export const number: CellForm = {
  name: 'number',
  write: String,
  read: (cell) => (/^\s*-?\d+\s*$/.test(cell) ? Number(cell) : (parseAmount(cell) ?? unreadable)),
};

export const yesNo: CellForm = {
  name: 'yesNo',
  write: (value) => (value === true ? 'yes' : 'no'),
  read: (cell) => {
    const word = cell.trim().toLowerCase();
    if (['yes', 'true', '1', 'on'].includes(word)) return true;
    return ['no', 'false', '0', 'off'].includes(word) ? false : unreadable;
  },
};

/** Anything that no cell was made for. */
export const json: CellForm = {
  name: 'json',
  write: (value) => (Array.isArray(value) && value.length === 0 ? '' : JSON.stringify(value)),
  read: (cell) => {
    try {
      return JSON.parse(cell) as unknown;
    } catch {
      return unreadable;
    }
  },
};

/** Several, with semicolons between them. */
export function listOf(one: Pick<CellForm, 'write' | 'read'> = text): CellForm {
  return {
    name: 'list',
    write: (value) => (Array.isArray(value) ? value.map(one.write).join('; ') : ''),
    read: (cell) => {
      const parts = cell.split(';').map((part) => part.trim());
      const items = parts.filter((part) => part !== '').map(one.read);
      return items.includes(unreadable) ? unreadable : items;
    },
  };
}
