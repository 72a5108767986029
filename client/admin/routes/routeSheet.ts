import type { Route } from '../../../shared/admin/index.ts';
import { bareOf, type EntitySheet, json, listOf, number, text, yesNo } from '../sheet/index.ts';

type RouteGateway = Route['gateways'][number];

/** One gateway within a cell: its id, and priority and weight where the route has its own (`-`: the gateway’s). */
const gatewayCells = {
  write: (value: unknown) => {
    const { gatewayId, priority, weight } = value as RouteGateway;
    if (priority === undefined && weight === undefined) return gatewayId as string;
    return `${gatewayId} ${priority ?? '-'} ${weight ?? '-'}`;
  },
  read: (cell: string): unknown => {
    const [gatewayId = '', priority = '-', weight = '-'] = cell.split(/\s+/);
    return {
      gatewayId,
      ...(priority !== '-' && { priority: Number(priority) }),
      ...(weight !== '-' && { weight: Number(weight) }),
    };
  },
};

/** How routes stand in files: a line each. */
export const routeSheet: EntitySheet<'routes'> = {
  kind: 'routes',
  columns: [
    { heading: 'Id', path: 'id', form: text },
    { heading: 'Name', path: 'name', form: text },
    { heading: 'Enabled', path: 'isEnabled', form: yesNo },
    { heading: 'Order', path: 'order', form: number },
    { heading: 'Prefixes', path: 'prefixes', form: listOf() },
    { heading: 'Brands', path: 'brands', form: listOf() },
    { heading: 'Groups', path: 'groups', form: listOf() },
    { heading: 'Number types', path: 'types', form: listOf() },
    { heading: 'Hours', path: 'hours', form: json },
    { heading: 'Strategy', path: 'strategy', form: text },
    { heading: 'Gateways', path: 'gateways', form: listOf(gatewayCells) },
  ],
  draftOf: bareOf,
};
