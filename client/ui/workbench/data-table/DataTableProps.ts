import type { DataColumn } from './DataColumn.ts';

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
   * For thousands of rows that change: only those in sight are made, and one is made anew only when it is another object than before. `columns`,
   * `idOf` and `nameOf` must stay the same from one time to the next, and rows that stay keep their order. On narrow screens the first hundred
   * are shown, and more on demand (`moreLabel`).
   */
  readonly isLong?: boolean;
  readonly moreLabel?: string;
}
