interface Identified {
  readonly id: string;
}

/** `merge` keeps what the file doesn't have, `replace` deletes it. */
export type ImportMode = 'merge' | 'replace';

export interface Changes<Item> {
  readonly added: readonly Item[];
  readonly changed: readonly { readonly before: Item; readonly after: Item }[];
  readonly deleted: readonly Item[];
  readonly unchanged: number;
}

export interface Comparison<Item> {
  readonly present: readonly Item[];
  readonly next: readonly Item[];
  readonly mode: ImportMode;
  readonly isSame: (before: Item, after: Item) => boolean;
}

/** What an import would do to what is there. */
export function compareItems<Item extends Identified>({
  present,
  next,
  mode,
  isSame,
}: Comparison<Item>): Changes<Item> {
  const left = new Map(present.map((item) => [item.id, item]));
  const added: Item[] = [];
  const changed: { before: Item; after: Item }[] = [];
  let unchanged = 0;
  for (const after of next) {
    const before = left.get(after.id);
    left.delete(after.id);
    if (before === undefined) added.push(after);
    else if (isSame(before, after)) unchanged += 1;
    else changed.push({ before, after });
  }
  return { added, changed, deleted: mode === 'replace' ? [...left.values()] : [], unchanged };
}
