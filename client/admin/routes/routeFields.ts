import { type Route, routeDraftSchema } from '../../../shared/admin/index.ts';
import type { NumberType } from '../../../shared/domain/index.ts';
import { parsePrefixes, writePrefixes } from '../gateways/index.ts';
import { type HoursFieldsAt, hoursFieldsOf, hoursInputOf } from '../hours/index.ts';

/** What is another on this route than at the gateway itself; null: nothing is. */
export interface OwnPlace {
  readonly priority: number | null;
  readonly weight: number | null;
}

/** A route while it is written. Lists that are empty mean no such condition. */
export interface RouteFields extends HoursFieldsAt<'hours'> {
  readonly name: string;
  readonly isEnabled: boolean;
  readonly order: number | null;
  /** One per line. */
  readonly prefixes: string;
  readonly brands: readonly string[];
  readonly groups: readonly string[];
  readonly types: readonly NumberType[];
  readonly strategy: Route['strategy'];
  /** Their ids, in the order of the list. */
  readonly gateways: readonly string[];
  /** By the id of the gateway; those that were taken out stay, for when they come back. */
  readonly places: Readonly<Record<string, OwnPlace>>;
}

export function routeFieldsOf(route: Route | null): RouteFields {
  const view = route ?? routeDraftSchema.parse({ prefixes: ['+'] });
  return {
    name: view.name ?? '',
    isEnabled: view.isEnabled,
    order: view.order,
    prefixes: writePrefixes(view.prefixes),
    brands: view.brands ?? [],
    groups: view.groups ?? [],
    types: view.types ?? [],
    strategy: view.strategy,
    gateways: view.gateways.map(({ gatewayId }) => gatewayId),
    places: Object.fromEntries(
      view.gateways.map(({ gatewayId, priority, weight }) => [
        gatewayId,
        { priority: priority ?? null, weight: weight ?? null },
      ]),
    ),
    ...hoursFieldsOf('hours', view.hours),
  };
}

/** What the fields say, for the schema to check. */
export function routeInputOf(fields: RouteFields) {
  return {
    ...(fields.name.trim() !== '' && { name: fields.name }),
    isEnabled: fields.isEnabled,
    order: fields.order,
    prefixes: parsePrefixes(fields.prefixes),
    ...(fields.brands.length > 0 && { brands: [...fields.brands] }),
    ...(fields.groups.length > 0 && { groups: [...fields.groups] }),
    ...(fields.types.length > 0 && { types: [...fields.types] }),
    hours: hoursInputOf('hours', fields),
    strategy: fields.strategy,
    gateways: fields.gateways.map((gatewayId) => {
      const { priority = null, weight = null } = fields.places[gatewayId] ?? {};
      return { gatewayId, ...(priority !== null && { priority }), ...(weight !== null && { weight }) };
    }),
  };
}
