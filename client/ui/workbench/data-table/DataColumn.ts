import type { ReactNode } from 'react';

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

/** Which column names a row. */
export function nameColumn<Item>(columns: readonly DataColumn<Item>[]): DataColumn<Item> | undefined {
  return columns.find(({ isName }) => isName) ?? columns[0];
}
