import type { AuditedChange } from './AuditTrail.ts';
import type { EntityKind, KeptEntity } from './EntityKind.ts';
import type { ImportResult, SheetImportOptions } from './SheetImport.ts';

export interface ImportedSheet<Kept extends KeptEntity> extends SheetImportOptions {
  readonly mode: 'merge' | 'replace';
  readonly present: readonly Kept[];
  /** Added or changed, as they will be. */
  readonly put: readonly Kept[];
  readonly deleted: readonly Kept['id'][];
  readonly result: ImportResult;
}

/**
 * What the audit log gets of a sheet: each row before and after, by id, in entries of a bounded number, since a sheet may have a
 * hundred thousand of them; then the sum of all.
 */
export function auditImport<Kept extends KeptEntity, Write>(
  kind: Pick<EntityKind<Kept, Write, unknown>, 'kind' | 'toAudit' | 'toView'>,
  { mode, present, put, deleted, result, itemsKey, perEntry }: ImportedSheet<Kept>,
): readonly AuditedChange[] {
  const known = new Map(present.map((entity) => [entity.id, entity]));
  const coming = new Map(put.map((entity) => [entity.id, entity]));
  const ids = [...coming.keys(), ...deleted];
  const entry = (before: unknown, after: unknown): AuditedChange => ({
    action: 'import',
    kind: kind.kind,
    entityId: null,
    brandId: null,
    before,
    after,
  });
  const told = (entities: ReadonlyMap<string, Kept>, part: readonly string[]) =>
    Object.fromEntries(
      part.flatMap((id) => {
        const entity = entities.get(id);
        if (entity === undefined) return [];
        const before = entities === coming ? (known.get(id) ?? null) : null;
        return [[id, withoutId(kind.toAudit ? kind.toAudit(entity, before) : kind.toView(entity))] as const];
      }),
    );
  const parts: AuditedChange[] = [];
  for (let first = 0; first < ids.length; first += perEntry) {
    const part = ids.slice(first, first + perEntry);
    parts.push(entry(told(known, part), told(coming, part)));
  }
  const sum = entry(
    { [itemsKey]: present.length },
    { [itemsKey]: present.length + result.added - result.deleted, mode, ...result },
  );
  return [...parts, sum];
}

function withoutId(audited: unknown): unknown {
  if (typeof audited !== 'object' || audited === null) return audited;
  const { id: _, ...rest } = audited as { id?: unknown };
  return rest;
}
