import type { Rate } from '../../../shared/admin/index.ts';
import type { NewRate } from './readRatesCsv.ts';

/** `merge` keeps rates that the file doesn't have, `replace` deletes them. */
export type ImportMode = 'merge' | 'replace';

export interface RateChanges {
  readonly added: readonly NewRate[];
  readonly changed: readonly { readonly before: Rate; readonly after: NewRate }[];
  readonly deleted: readonly Rate[];
  readonly unchanged: number;
}

/** What an import would do to the rates that are there. */
export function compareRates(present: readonly Rate[], next: readonly NewRate[], mode: ImportMode): RateChanges {
  const left = new Map(present.map((rate) => [rate.id, rate]));
  const added: NewRate[] = [];
  const changed: { before: Rate; after: NewRate }[] = [];
  let unchanged = 0;
  for (const after of next) {
    const before = left.get(after.id);
    left.delete(after.id);
    if (before === undefined) added.push(after);
    else if (isSame(before, after)) unchanged += 1;
    else changed.push({ before, after });
  }
  return { added, changed, deleted: mode === 'replace' ? [...left.values()] : [], unchanged };
}

function isSame(a: NewRate, b: NewRate): boolean {
  return (
    a.name === b.name &&
    a.pricePerMinute === b.pricePerMinute &&
    a.connectionFee === b.connectionFee &&
    a.firstSeconds === b.firstSeconds &&
    a.incrementSeconds === b.incrementSeconds
  );
}
