/** One setting that a change touched. `undefined`: it wasn't there, or isn't any more. */
export interface Difference {
  /** `limits.callsAtOnce` */
  readonly key: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Kept with every entity, and different after each change: they say nothing. */
const bookkeeping = new Set(['revision', 'updatedAtMs']);

/** What is different between two states of an entity, setting by setting; null stands for "not there". */
export function differenceOf(before: unknown, after: unknown): readonly Difference[] {
  const [was, is] = [flatten(before), flatten(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((key) => ({ key, before: was.get(key), after: is.get(key) }))
    .filter((one) => !bookkeeping.has(one.key) && JSON.stringify(one.before) !== JSON.stringify(one.after));
}

/** Leaves by their path. A list of plain values is one leaf: it is read as a whole. */
function flatten(value: unknown, path = '', leaves = new Map<string, unknown>()): ReadonlyMap<string, unknown> {
  if (!isBranch(value)) {
    if (path !== '' || (value !== null && value !== undefined)) leaves.set(path, value);
    return leaves;
  }
  for (const [name, inside] of Object.entries(value)) {
    flatten(inside, path === '' ? name : `${path}.${name}`, leaves);
  }
  return leaves;
}

function isBranch(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) ? value.some((one) => typeof one === 'object' && one !== null) : true;
}
