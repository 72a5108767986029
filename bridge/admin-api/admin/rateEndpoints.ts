import { z } from 'zod';
import { rateDraftSchema, rateIdSchema, rateSchema, rateSeedSchema } from '../../../shared/admin/index.ts';
import type { Administration } from '../../administration/index.ts';
import { defineEndpoint, type Endpoint } from '../endpoints/index.ts';
import { adminPath, entityEndpoints, operatorOnly, plainCreation } from './entityEndpoints.ts';

const importSchema = z.strictObject({
  mode: z.enum(['merge', 'replace']).describe('`merge`: other rates stay. `replace`: the sheet is the whole table'),
  rates: z.array(rateSeedSchema).max(200_000),
});

/** A sheet of 200,000 rates with their names, in bytes. */
const importLimit = 33_554_432;

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
    defineEndpoint({
      method: 'post',
      path: `${adminPath}/rates/import`,
      operationId: 'importRates',
      tag: 'Rates',
      summary: 'Takes over a rate sheet, all of it or nothing',
      caller: 'administrator',
      roles: operatorOnly,
      body: { schema: importSchema, limit: importLimit },
      answer: {
        status: 200,
        description: 'How many rates were changed in which way',
        schema: z.object({ added: z.number().int(), changed: z.number().int(), deleted: z.number().int() }),
      },
      errors: ['conflict'],
      handle: ({ caller, body }) => rateImport.import(caller, body),
    }),
  ];
}
