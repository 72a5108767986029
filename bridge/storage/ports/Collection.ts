/** Anything kept in a collection has an id of its own. */
export interface Entity {
  readonly id: string;
}

/**
 * A small set of entities: users, gateways, rules, brands, call servers, refresh sessions.
 * All methods resolve once the change is as durable as the backend promises (file written, or in memory).
 * Entities are values: what is read is never changed in place.
 */
export interface Collection<T extends Entity> {
  get(id: string): Promise<T | undefined>;
  list(): Promise<readonly T[]>;
  /** Inserts or replaces. */
  put(entity: T): Promise<void>;
  /** Inserts unless the id is taken; says whether it did. */
  add(entity: T): Promise<boolean>;
  /**
   * Changes one entity with no other change in between; `undefined` from `change` deletes it.
   * Resolves with what is there afterwards. `change` runs synchronously, and may run again.
   */
  update(id: string, change: (present: T | undefined) => T | undefined): Promise<T | undefined>;
  /** Says whether it was there. */
  delete(id: string): Promise<boolean>;
  /**
   * Changes many at once, all or none, with no other change in between: `change` gets all that is there and returns what shall
   * be there. It runs synchronously, and may run again; when it throws, nothing is changed and the error is passed on.
   * Resolves with what is there afterwards.
   */
  updateAll(change: (present: ReadonlyMap<string, T>) => ReadonlyMap<string, T>): Promise<readonly T[]>;
}
