import { z } from 'zod';
import { brandIdSchema, gatewayIdSchema, groupIdSchema, numberTypeSchema, routeIdSchema } from '../domain/index.ts';
import { keptFields, plainText, prefixSchema, slugSchema } from './kept.ts';
import { ruleWhenSchema } from './rule.ts';

/**
 * In which order the gateways of a route are tried.
 * `priority`: lowest priority number, then nearest region, then price, then fewest calls for their weight.
 * `weighted`: by lot, in proportion to their weights. `leastCalls`: fewest calls for their weight. `cheapest`: lowest price of a
 * minute. `nearestRegion`: nearest to the call server. `bestQuality`: by how recent calls went (answer-seizure ratio, post-dial
 * delay, audio quality). What is equal is decided as by `priority`.
 */
export const routeStrategySchema = z.enum([
  'priority',
  'weighted',
  'leastCalls',
  'cheapest',
  'nearestRegion',
  'bestQuality',
]);
export type RouteStrategy = z.infer<typeof routeStrategySchema>;

export const routeGatewaySchema = z.strictObject({
  gatewayId: gatewayIdSchema,
  priority: z.number().int().min(0).max(1000).optional().describe('On this route; absent: the gateway’s own'),
  weight: z.number().int().min(1).max(1000).optional().describe('On this route; absent: the gateway’s own'),
});

/**
 * Which gateways numbers go to. Of the routes that match the one with the longest matching prefix counts; among those the one that
 * names more (brands, groups, types, hours), then the lowest order, then the id. Without a route: every gateway that serves the
 * number with its longest prefix, by priority.
 */
export const routeDraftSchema = z.strictObject({
  name: plainText(200).optional(),
  isEnabled: z.boolean().default(true),
  order: z.number().int().min(-1_000_000).max(1_000_000).default(0),
  prefixes: z
    .array(prefixSchema)
    .min(1)
    .max(100_000)
    .describe('Numbers (E.164) that begin like one of these; `+` is every number'),
  brands: z.array(brandIdSchema).min(1).max(1000).optional().describe('Only calls under these brands'),
  groups: z.array(groupIdSchema).min(1).max(1000).optional().describe('Only calls of members of these groups'),
  types: z.array(numberTypeSchema).min(1).optional().describe('Only numbers of these kinds'),
  hours: ruleWhenSchema.nullable().default(null).describe('Only then; null: always'),
  strategy: routeStrategySchema.default('priority'),
  gateways: z
    .array(routeGatewaySchema)
    .max(1000)
    .default([])
    .describe(
      'These, as far as they serve the number at all; none: every gateway that serves it with its longest prefix',
    ),
});
export type RouteDraft = z.infer<typeof routeDraftSchema>;

export const routeCreateSchema = routeDraftSchema.extend({
  id: routeIdSchema.and(slugSchema).optional().describe('Absent: the bridge makes one'),
});
export type RouteCreate = z.infer<typeof routeCreateSchema>;

/** As the config's `seed` has it. */
export const routeSeedSchema = routeDraftSchema.extend({ id: routeIdSchema.and(slugSchema) });
export type RouteSeed = z.infer<typeof routeSeedSchema>;

export const routeSchema = routeDraftSchema.extend({ id: routeIdSchema, ...keptFields });
export type Route = z.infer<typeof routeSchema>;
