import type { Route, RouteDraft } from '../../../shared/admin/index.ts';
import type { EntityKind, EntityStore } from '../editing/EntityKind.ts';
import type { References } from '../editing/References.ts';

export type RouteWrite = RouteDraft & { readonly id?: Route['id'] | undefined };

export interface RouteKindDeps {
  readonly store: EntityStore<Route, RouteWrite>;
  readonly references: References;
  readonly newId: () => string;
  readonly onChanged: () => Promise<void>;
}

/** Which gateways numbers go to. The operators' matter, as the gateways are. */
export function routeKind({
  store,
  references,
  newId,
  onChanged,
}: RouteKindDeps): EntityKind<Route, RouteWrite, Route> {
  return {
    kind: 'route',
    store,
    brandOf: () => null,
    canEdit: () => false,
    sortKeyOf: ({ order, id }) => [order, id],
    textsOf: ({ id, name, prefixes, gateways }) => [
      id,
      name ?? '',
      ...prefixes,
      ...gateways.map(({ gatewayId }) => gatewayId),
    ],
    newId: ({ id }) => id ?? (newId() as Route['id']),
    make: (write, stamp) => ({ ...write, id: stamp.id, revision: stamp.revision, updatedAtMs: stamp.updatedAtMs }),
    findProblems: async ({ brands = [], groups = [], gateways }) => {
      const [only, ...others] = brands;
      return [
        ...(await references.brands('brands', brands)),
        ...(await references.groups('groups', groups, { of: others.length === 0 ? (only ?? null) : null })),
        ...(await references.gateways(
          (index) => `gateways.${index}.gatewayId`,
          gateways.map(({ gatewayId }) => gatewayId),
        )),
        ...findRepeated(gateways),
      ];
    },
    toView: (route) => route,
    onChanged,
  };
}

function findRepeated(gateways: Route['gateways']) {
  const seen = new Set<string>();
  return gateways.flatMap(({ gatewayId }, index) => {
    const isRepeated = seen.has(gatewayId);
    seen.add(gatewayId);
    return isRepeated ? [{ key: `gateways.${index}.gatewayId`, expected: 'expected each gateway once' }] : [];
  });
}
