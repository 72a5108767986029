type Tree = Record<string, unknown>;

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What stands at a path such as `incoming.country`. */
export function valueAt(tree: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inside, key) => (isTree(inside) ? inside[key] : undefined), tree);
}

/** A tree with a value put at a path, or taken away from there (undefined), together with what then holds nothing. */
export function withValueAt(tree: unknown, path: string, value: unknown): Tree {
  const [key = '', ...rest] = path.split('.');
  const { [key]: present, ...others } = isTree(tree) ? tree : {};
  if (rest.length === 0) return value === undefined ? others : { ...others, [key]: value };
  const inside = withValueAt(present, rest.join('.'), value);
  return Object.keys(inside).length === 0 ? others : { ...others, [key]: inside };
}
