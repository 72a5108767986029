import { z } from 'zod';
import { routeCreateSchema, routeDraftSchema, routeSchema } from '../../../shared/admin/index.ts';
import { routeIdSchema } from '../../../shared/domain/index.ts';
import type { Administration } from '../../administration/index.ts';
import type { Endpoint } from '../endpoints/index.ts';
import { entityEndpoints, operatorOnly, plainCreation } from './entityEndpoints.ts';
import { importEndpoint, importModeSchema } from './importEndpoint.ts';

/** A route with ten thousands of prefixes, in bytes. */
const routeLimit = 2_097_152;

export function routeEndpoints({
  routes,
  routeImport,
}: Pick<Administration, 'routes' | 'routeImport'>): readonly Endpoint[] {
  return [
    ...entityEndpoints(routes, plainCreation(routes, { body: routeCreateSchema, view: routeSchema }), {
      path: 'routes',
      tag: 'Routes',
      names: { one: 'Route', many: 'Routes' },
      noun: 'a route',
      id: routeIdSchema,
      write: routeDraftSchema,
      view: routeSchema,
      editors: operatorOnly,
      writeLimit: routeLimit,
    }),
    importEndpoint({
      path: 'routes',
      tag: 'Routes',
      operationId: 'importRoutes',
      summary: 'Takes over a sheet of routes, all of it or nothing',
      body: z.strictObject({ mode: importModeSchema, items: z.array(routeCreateSchema).max(10_000) }),
      import: (actor, sheet) => routeImport.import(actor, sheet),
    }),
  ];
}
