import { z } from 'zod';
import type { Actor } from '../../administration/index.ts';
import { defineEndpoint, type Endpoint, type Tag } from '../endpoints/index.ts';
import { adminPath, operatorOnly } from './entityEndpoints.ts';

/** A sheet of 200,000 rates with their names, or of 1,000 gateways with 100,000 prefixes, in bytes. */
const importLimit = 33_554_432;

export const importModeSchema = z
  .enum(['merge', 'replace'])
  .describe('`merge`: others stay. `replace`: the sheet is all there is');

const importedSchema = z.object({ added: z.number().int(), changed: z.number().int(), deleted: z.number().int() });

/** Words and schemas of the import of one kind of entity. */
export interface ImportResource<Body extends z.ZodType> {
  readonly path: string;
  readonly tag: Tag;
  readonly operationId: string;
  readonly summary: string;
  readonly body: Body;
  import(actor: Actor, body: z.output<Body>): Promise<z.output<typeof importedSchema>>;
}

/** `POST /X/import`: a whole sheet, all of it or nothing. */
export function importEndpoint<Body extends z.ZodType>(resource: ImportResource<Body>): Endpoint {
  const { path, tag, operationId, summary, body } = resource;
  return defineEndpoint({
    method: 'post',
    path: `${adminPath}/${path}/import`,
    operationId,
    tag,
    summary,
    caller: 'administrator',
    roles: operatorOnly,
    body: { schema: body, limit: importLimit },
    answer: { status: 200, description: 'How many were changed in which way', schema: importedSchema },
    errors: ['conflict', 'inUse'],
    handle: ({ caller, body: written }) => resource.import(caller, written as z.output<Body>),
  });
}
