export interface Merged<Fields> {
  readonly fields: Fields;
  /** Fields that both sides changed, and not to the same: what the other side made of them. */
  readonly theirs: Partial<Fields>;
}

/** Puts a person's unsaved changes onto what somebody else saved meanwhile. No change of the person's is lost. */
export function mergeFields<Fields extends object>(base: Fields, mine: Fields, present: Fields): Merged<Fields> {
  const fields = { ...present };
  const theirs: Partial<Fields> = {};
  for (const key of Object.keys(mine) as (keyof Fields)[]) {
    if (isSame(mine[key], base[key])) continue;
    fields[key] = mine[key];
    if (!isSame(present[key], base[key]) && !isSame(present[key], mine[key])) theirs[key] = present[key];
  }
  return { fields, theirs };
}

/** For what forms hold: texts, numbers, and lists and records of them. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
