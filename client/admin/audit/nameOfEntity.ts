import type { AuditEntry } from '../../../shared/admin/index.ts';

type Changed = Pick<AuditEntry, 'before' | 'after' | 'entityId'>;

/**
 * What people call the thing that was changed: by what it was called after, or before it was deleted; else as another change
 * called it (a sign-in goes by its user); else by its id.
 */
export function nameOfEntity(entry: Changed, others: readonly Changed[] = []): string {
  const { entityId } = entry;
  if (entityId === null) return nameIn(entry) ?? '';
  const told = [entry, ...others.filter((other) => other.entityId === entityId)].map(nameIn);
  return told.find((name) => name !== null) ?? entityId;
}

function nameIn({ before, after }: Changed): string | null {
  return namedIn(after) ?? namedIn(before);
}

function namedIn(state: unknown): string | null {
  if (typeof state !== 'object' || state === null) return null;
  for (const key of ['displayName', 'name', 'userName']) {
    const value: unknown = Reflect.get(state, key);
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}
