import type { Entity } from './ports/Collection.ts';

/** Entities as `updateAll` leaves them; those that are still the same value are not parsed again. @throws TypeError, and what `parse` throws */
export function acceptAll<T extends Entity>(
  present: ReadonlyMap<string, T>,
  changed: ReadonlyMap<string, T>,
  parse: (entity: T) => T,
): Map<string, T> {
  const accepted = new Map<string, T>();
  for (const [id, entity] of changed) {
    if (entity.id !== id) throw new TypeError(`A change of ${id} must keep its id, and gave ${entity.id}.`);
    accepted.set(id, present.get(id) === entity ? entity : parse(entity));
  }
  return accepted;
}

export function isSame<T>(one: ReadonlyMap<string, T>, other: ReadonlyMap<string, T>): boolean {
  if (one.size !== other.size) return false;
  for (const [id, entity] of one) if (other.get(id) !== entity) return false;
  return true;
}
