import { z } from 'zod';
import { rateDraftSchema, rateIdSchema, rateSchema, rateSeedSchema } from '../../../shared/admin/index.ts';
import type { Administration } from '../../administration/index.ts';
import type { Endpoint } from '../endpoints/index.ts';
import { entityEndpoints, operatorOnly, plainCreation } from './entityEndpoints.ts';
import { importEndpoint, importModeSchema } from './importEndpoint.ts';

export function rateEndpoints({
  rates,
  rateImport,
}: Pick<Administration, 'rates' | 'rateImport'>): readonly Endpoint[] {
  return [
    ...entityEndpoints(rates, plainCreation(rates, { body: rateSeedSchema, view: rateSchema }), {
      path: 'rates',
      tag: 'Rates',
      names: { one: 'Rate', many: 'Rates' },
      noun: 'a rate',
      id: rateIdSchema.describe('The prefix; in a path its + is written %2B'),
      write: rateDraftSchema,
      view: rateSchema,
      editors: operatorOnly,
    }),
    importEndpoint({
      path: 'rates',
      tag: 'Rates',
      operationId: 'importRates',
      summary: 'Takes over a rate sheet, all of it or nothing',
      body: z.strictObject({ mode: importModeSchema, rates: z.array(rateSeedSchema).max(200_000) }),
      import: (actor, { mode, rates: items }) => rateImport.import(actor, { mode, items }),
    }),
  ];
}
