import type { TFunction } from 'i18next';
import type { z } from 'zod';
import { type EntityKind, type EntityOf, entityKinds } from '../api/index.ts';
import { describeDraft } from '../form/index.ts';
import { type SheetColumn, unreadable } from './columns.ts';
import { bareCell, readCsv } from './csv.ts';
import { type Draft, draftOf, type EntitySheet } from './EntitySheet.ts';
import { valueAt, withValueAt } from './paths.ts';
import type { SheetReading } from './SheetReading.ts';

interface Problem {
  readonly place: string;
  readonly text: string;
}

/** One entry of a file: where it stands, and what it says or why that can't be read. */
type Entry = { readonly place: string } & ({ readonly draft: unknown } | { readonly text: string });

export interface SheetSource<Kind extends EntityKind> {
  readonly sheet: EntitySheet<Kind>;
  /** JSON where it begins like that, else CSV. */
  readonly text: string;
  /** What is there: columns that a CSV file doesn't have leave it as it is. */
  readonly present: readonly EntityOf<Kind>[];
  readonly t: TFunction;
}

/** Reads a file of entities. Entries that can't be used are told one by one; the others are read all the same. */
export function readSheet<Kind extends EntityKind>(source: SheetSource<Kind>): SheetReading<Draft> {
  return /^\ufeff?\s*[[{]/.test(source.text) ? readJson(source) : readTable(source);
}

function readJson<Kind extends EntityKind>(source: SheetSource<Kind>): SheetReading<Draft> {
  const { sheet, t } = source;
  let parsed: unknown;
  try {
    parsed = JSON.parse(source.text.replace(/^\ufeff/, ''));
  } catch (error) {
    return { kind: 'unreadable', text: t('admin.sheet.noJson', { why: (error as Error).message }) };
  }
  const list = Array.isArray(parsed) ? parsed : (valueAt(parsed, sheet.kind) ?? valueAt(parsed, 'items'));
  if (!Array.isArray(list)) return { kind: 'unreadable', text: t('admin.sheet.noList', { name: sheet.kind }) };
  const entries = list.map(
    (draft: unknown, index): Entry => ({ place: t('admin.sheet.entry', { entry: index + 1 }), draft }),
  );
  return { ...checkAll(source, entries, (key) => key), ignored: [] };
}

function readTable<Kind extends EntityKind>(source: SheetSource<Kind>): SheetReading<Draft> {
  const { sheet, t } = source;
  const find = (heading: string) => sheet.columns.find((column) => plain(column.heading) === plain(heading));
  const { headings, lines } = readCsv(source.text, (heading) => find(heading) !== undefined);
  const columns = headings.map(find);
  const id = sheet.columns.find(({ path }) => path === 'id');
  if (id && !columns.includes(id))
    return { kind: 'unreadable', text: t('admin.sheet.noIdColumn', { heading: id.heading }) };
  const double = columns.find((column, index) => column !== undefined && columns.indexOf(column) !== index);
  if (double) return { kind: 'unreadable', text: t('admin.sheet.twoColumns', { heading: double.heading }) };
  const present = new Map(source.present.map((entity) => [entity.id as string, entity]));
  const entries = lines.map(({ line, cells }): Entry => {
    const place = t('admin.sheet.line', { line });
    const idCell = bareCell(cells[id === undefined ? -1 : columns.indexOf(id)] ?? '');
    const entity = present.get(idCell);
    let draft: unknown = entity === undefined ? {} : draftOf(sheet, entity);
    for (const [index, column] of columns.entries()) {
      if (column === undefined) continue;
      const value = readCell(column, cells[index] ?? '');
      if (value === unreadable) return { place, text: problemOfCell(column, cells[index] ?? '', t) };
      // An empty secret is one that stays.
      if (value !== undefined || !column.isSecret) draft = withValueAt(draft, column.path, value);
    }
    return { place, draft };
  });
  const nameOf = (key: string) => columnOf(key, sheet.columns)?.heading ?? key;
  return {
    ...checkAll(source, entries, nameOf),
    ignored: headings.filter((heading, index) => columns[index] === undefined && heading.trim() !== ''),
  };
}

function checkAll<Kind extends EntityKind>(
  { sheet, t }: SheetSource<Kind>,
  entries: readonly Entry[],
  nameOf: (key: string) => string,
) {
  const items: Draft[] = [];
  const problems: Problem[] = [];
  const places = new Map<string, string>();
  const schema: z.ZodType = entityKinds[sheet.kind].create;
  for (const entry of entries) {
    const { place } = entry;
    if ('text' in entry) {
      problems.push({ place, text: entry.text });
      continue;
    }
    const draft = complete(sheet, entry.draft);
    const parsed = schema.safeParse(draft);
    if (!parsed.success) {
      const told = describeDraft(parsed.error.issues, draft, t).map(({ key, expected }) => {
        const name = nameOf(key);
        return name === '' ? expected : t('admin.sheet.problem', { name, text: expected });
      });
      // Of an id that is missing the schema complains more than once.
      problems.push(...[...new Set(told)].map((text) => ({ place, text })));
      continue;
    }
    const item = parsed.data as Draft;
    const first = places.get(item.id);
    if (item.id === undefined) problems.push({ place, text: t('admin.sheet.noId') });
    else if (first !== undefined) problems.push({ place, text: t('admin.sheet.duplicate', { id: item.id, first }) });
    else items.push(item);
    if (first === undefined) places.set(item.id, place);
  }
  return { kind: 'items', items, problems } as const;
}

function complete<Kind extends EntityKind>(sheet: EntitySheet<Kind>, draft: unknown): unknown {
  if (typeof draft !== 'object' || draft === null || Array.isArray(draft)) return draft;
  return sheet.complete?.(draft as Record<string, unknown>) ?? draft;
}

function readCell({ form }: SheetColumn, cell: string): unknown {
  const bare = bareCell(cell);
  return bare === '' ? undefined : form.read(bare);
}

function problemOfCell({ heading, form }: SheetColumn, cell: string, t: TFunction): string {
  const text = t(`admin.sheet.unreadable.${form.name}`, { value: cell });
  return t('admin.sheet.problem', { name: heading, text });
}

/** The column that a setting stands in: that of its path, or of the longest beginning of it. */
function columnOf(key: string, columns: readonly SheetColumn[]): SheetColumn | undefined {
  const holding = columns.filter(
    ({ path }) => key === path || key.startsWith(`${path}.`) || path.startsWith(`${key}.`),
  );
  return [...holding].sort((a, b) => b.path.length - a.path.length)[0];
}

/** Headings as people write them: capitals, spaces and signs make no difference. */
function plain(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
