import type { EntityKind, EntityOf } from '../api/index.ts';
import { entityKinds } from '../api/index.ts';
import type { SheetColumn } from './columns.ts';

/** What is imported: a draft with its id, as the kind's `POST` takes it. */
export type Draft = Readonly<Record<string, unknown>> & { readonly id: string };

/** How entities of a kind stand in files. */
export interface EntitySheet<Kind extends EntityKind> {
  readonly kind: Kind;
  readonly columns: readonly SheetColumn[];
  /** What of an entity can be written again, without its secrets. */
  readonly draftOf: (entity: EntityOf<Kind>) => Readonly<Record<string, unknown>>;
  /** What a draft says by leaving something out. */
  readonly complete?: (draft: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
}

/** An entity as it would be imported again. */
export function draftOf<Kind extends EntityKind>(sheet: EntitySheet<Kind>, entity: EntityOf<Kind>): Draft {
  return entityKinds[sheet.kind].create.parse(sheet.draftOf(entity)) as Draft;
}

/** Without what the bridge keeps beside the settings. */
export function bareOf({ revision: _, updatedAtMs: __, ...settings }: { revision: number; updatedAtMs: number }) {
  return settings as Readonly<Record<string, unknown>>;
}

/** Whether both say the same: the schema has put them into one order. */
export function isSameDraft(a: Draft, b: Draft): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
