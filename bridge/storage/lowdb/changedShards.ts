import { acceptAll } from '../acceptAll.ts';
import type { Entity } from '../ports/Collection.ts';
import { shardOf } from './shardOf.ts';

/**
 * The shards that are not as `changed` says, with what they are to hold, by their number. What stays as it is costs a look, also
 * where it is all but one of a hundred thousand. @throws what `acceptAll` throws
 */
export function changedShards<T extends Entity>(
  shards: readonly ReadonlyMap<string, T>[],
  changed: ReadonlyMap<string, T>,
  parse: (entity: T) => T,
): ReadonlyMap<number, ReadonlyMap<string, T>> {
  const wanted = new Map<number, Map<string, T>>();
  const keepAll = (number: number) => {
    const kept = new Map<string, T>();
    for (const id of shards[number]?.keys() ?? []) {
      const entity = changed.get(id);
      if (entity !== undefined) kept.set(id, entity);
    }
    wanted.set(number, kept);
    return kept;
  };
  let known = 0;
  for (const [number, entities] of shards.entries()) {
    let isChanged = false;
    for (const [id, entity] of entities) {
      const after = changed.get(id);
      if (after !== undefined) known += 1;
      isChanged ||= after !== entity;
    }
    if (isChanged) keepAll(number);
  }
  if (changed.size > known) {
    for (const [id, entity] of changed) {
      const number = shardOf(id, shards.length);
      if (!shards[number]?.has(id)) (wanted.get(number) ?? keepAll(number)).set(id, entity);
    }
  }
  const accept = ([number, entities]: [number, Map<string, T>]) =>
    [number, acceptAll(shards[number] ?? new Map(), entities, parse)] as const;
  return new Map([...wanted].map(accept));
}
