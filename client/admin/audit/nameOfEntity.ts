import type { AuditEntry } from '../../../shared/admin/index.ts';

/** What people call the thing that was changed: by what it was called after, or before it was deleted; else its id. */
export function nameOfEntity({ before, after, entityId }: Pick<AuditEntry, 'before' | 'after' | 'entityId'>): string {
  return namedIn(after) ?? namedIn(before) ?? entityId ?? '';
}

function namedIn(state: unknown): string | null {
  if (typeof state !== 'object' || state === null) return null;
  for (const key of ['displayName', 'name', 'userName']) {
    const value: unknown = Reflect.get(state, key);
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}
