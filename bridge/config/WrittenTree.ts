/** A parsed JSON object whose content nobody has checked yet. */
export type WrittenTree = { [name: string]: unknown };

export function isTree(value: unknown): value is WrittenTree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Puts `value` at `path`, making the objects on the way. What stands in the way and is no object is replaced. */
export function setAt(tree: WrittenTree, path: readonly string[], value: unknown): void {
  let here = tree;
  for (const name of path.slice(0, -1)) {
    const next = here[name];
    if (isTree(next)) here = next;
    else {
      const made: WrittenTree = {};
      here[name] = made;
      here = made;
    }
  }
  const last = path.at(-1);
  if (last !== undefined) here[last] = value;
}
