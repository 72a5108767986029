import type { SheetColumn } from './columns.ts';
import type { Draft } from './EntitySheet.ts';
import { valueAt } from './paths.ts';

/** The headings of what is different. */
export function describeDifference(columns: readonly SheetColumn[], before: Draft, after: Draft): readonly string[] {
  const said = (draft: Draft, path: string) => JSON.stringify(valueAt(draft, path) ?? null);
  return columns.filter(({ path }) => said(before, path) !== said(after, path)).map(({ heading }) => heading);
}
