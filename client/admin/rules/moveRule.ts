/** Where something is put: before another, or at the end. */
export interface Move<Id> {
  readonly id: Id;
  readonly before: Id | null;
}

/** The list after a move. Things that are where they should be stay as they are: the same list comes back. */
export function applyMove<Id, Item extends { readonly id: Id }>(
  items: readonly Item[],
  move: Move<Id>,
): readonly Item[] {
  const moved = items.find(({ id }) => id === move.id);
  if (moved === undefined || move.before === move.id) return items;
  const others = items.filter((item) => item !== moved);
  const index = move.before === null ? others.length : others.findIndex(({ id }) => id === move.before);
  if (index < 0 || items.indexOf(moved) === index) return items;
  return [...others.slice(0, index), moved, ...others.slice(index)];
}

export type Step = 'up' | 'down' | 'top' | 'bottom';

/** The move that a step is; null where the thing is there already. */
export function stepMove<Id>(ids: readonly Id[], id: Id, step: Step): Move<Id> | null {
  const index = ids.indexOf(id);
  const isFirst = index <= 0;
  const isLast = index < 0 || index === ids.length - 1;
  switch (step) {
    case 'up':
      return isFirst ? null : { id, before: ids[index - 1] ?? null };
    case 'down':
      return isLast ? null : { id, before: ids[index + 2] ?? null };
    case 'top':
      return isFirst ? null : { id, before: ids[0] ?? null };
    case 'bottom':
      return isLast ? null : { id, before: null };
  }
}

/** What was dropped on a target, as the list sees it. */
export function dropMove<Id>(
  ids: readonly Id[],
  id: Id,
  target: { readonly id: Id; readonly position: 'before' | 'after' },
): Move<Id> {
  if (target.position === 'before') return { id, before: target.id };
  return { id, before: ids[ids.indexOf(target.id) + 1] ?? null };
}
