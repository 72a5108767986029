import type { Route } from '../../../shared/admin/index.ts';

/**
 * The order in which routes are looked at, as far as a list can have one: by the longest of their prefixes, then what names
 * more, then the lowest order, then the id.
 */
export function compareRoutes(a: Route, b: Route): number {
  return longestOf(b) - longestOf(a) || namesOf(b) - namesOf(a) || a.order - b.order || (a.id < b.id ? -1 : 1);
}

function longestOf({ prefixes }: Route): number {
  return prefixes.reduce((longest, { length }) => Math.max(longest, length), 0);
}

function namesOf({ brands, groups, types, hours }: Route): number {
  return [brands, groups, types, hours].filter((named) => named !== undefined && named !== null).length;
}
