import { z } from 'zod';
import { numberDraftSchema, numberSchema, numberSeedSchema } from '../../../shared/admin/index.ts';
import { numberIdSchema } from '../../../shared/domain/index.ts';
import type { Administration } from '../../administration/index.ts';
import type { Endpoint } from '../endpoints/index.ts';
import { editingRoles, entityEndpoints, operatorOnly, plainCreation } from './entityEndpoints.ts';
import { importEndpoint, importModeSchema } from './importEndpoint.ts';

export function numberEndpoints({
  numbers,
  numberImport,
}: Pick<Administration, 'numbers' | 'numberImport'>): readonly Endpoint[] {
  return [
    ...entityEndpoints(numbers, plainCreation(numbers, { body: numberSeedSchema, view: numberSchema }), {
      path: 'numbers',
      tag: 'Numbers',
      names: { one: 'Number', many: 'Numbers' },
      noun: 'a number',
      id: numberIdSchema.describe('The number; in a path its + is written %2B'),
      write: numberDraftSchema,
      view: numberSchema,
      editors: editingRoles,
      makers: operatorOnly,
    }),
    importEndpoint({
      path: 'numbers',
      tag: 'Numbers',
      operationId: 'importNumbers',
      summary: 'Takes over a sheet of numbers, all of it or nothing',
      body: z.strictObject({ mode: importModeSchema, items: z.array(numberSeedSchema).max(100_000) }),
      import: (actor, sheet) => numberImport.import(actor, sheet),
    }),
  ];
}
