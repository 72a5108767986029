import type { EntityKind, EntityOf } from '../api/index.ts';
import { writeCsv } from './csv.ts';
import { draftOf, type EntitySheet } from './EntitySheet.ts';
import { valueAt } from './paths.ts';

/** One line for each entity. */
export function writeSheetCsv<Kind extends EntityKind>(
  sheet: EntitySheet<Kind>,
  entities: readonly EntityOf<Kind>[],
): string {
  const columns = sheet.columns.filter(({ isSecret }) => !isSecret);
  const lines = entities.map((entity) => {
    const draft = draftOf(sheet, entity);
    return columns.map(({ path, form }) => {
      const value = valueAt(draft, path);
      return value === undefined || value === null ? '' : form.write(value);
    });
  });
  return writeCsv(
    columns.map(({ heading }) => heading),
    lines,
  );
}

/** As the configuration's `seed` has them. */
export function writeSheetJson<Kind extends EntityKind>(
  sheet: EntitySheet<Kind>,
  entities: readonly EntityOf<Kind>[],
): string {
  return `${JSON.stringify({ [sheet.kind]: entities.map((entity) => draftOf(sheet, entity)) }, null, 2)}\n`;
}
