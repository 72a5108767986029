import { z } from 'zod';
import { brandIdSchema } from '../../../shared/domain/index.ts';
import type { ErrorCode } from '../../../shared/errors/index.ts';
import { type Actor, type AdministrativeRole, administrativeRoles, type Editor } from '../../administration/index.ts';
import { defineEndpoint, type Endpoint, type EndpointDescription, type Tag } from '../endpoints/index.ts';

export const adminPath = '/api/v1/admin';

export const editingRoles = ['operator', 'brandManager'] as const satisfies readonly AdministrativeRole[];
export const operatorOnly = ['operator'] as const satisfies readonly AdministrativeRole[];

/** Of every list. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(1000).default(100).describe('Entries on a page'),
  cursor: z.string().max(1000).optional().describe('`nextCursor` of the page before; absent: the first page'),
} as const;

const listQuerySchema = z.strictObject({
  q: z.string().max(200).optional().describe('Only what has this text in it; case does not matter'),
  brandId: brandIdSchema.optional().describe('Only what is of this brand'),
  ...pageQuery,
});

export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().describe('Give it as `cursor` to get the next page; null at the end'),
  });
}

/** Words and schemas of one kind of entity; the rest is the same for all. */
export interface EntityResource<Write> {
  /** Below `adminPath`: `embed-keys`. */
  readonly path: string;
  readonly tag: Tag;
  /** As in `listEmbedKeys` and `getEmbedKey`. */
  readonly names: { readonly one: string; readonly many: string };
  /** As in `Changes an embed key`. */
  readonly noun: string;
  readonly id: z.ZodType<string>;
  readonly write: z.ZodType<Write>;
  readonly view: z.ZodType;
  /** Who may look at them. Absent: every administrator, each what is theirs. */
  readonly readers?: readonly AdministrativeRole[];
  /** Who may change one. Absent: operators and brand managers. */
  readonly editors?: readonly AdministrativeRole[];
  /** Who may make and delete one. Absent: as `editors`. */
  readonly makers?: readonly AdministrativeRole[];
  /** Of a body, in bytes; absent: `usualBodyLimit`. */
  readonly writeLimit?: number;
  /** Refusals of a change or deletion besides the usual. */
  readonly changeErrors?: readonly ErrorCode[];
}

/** How a new one is made, and what is answered. */
export interface Creation<Body> {
  readonly body: z.ZodType<Body>;
  readonly description?: string;
  readonly answer: EndpointDescription['answer'];
  create(actor: Actor, body: Body): Promise<unknown>;
}

/** List, look up, make, change and delete. */
export function entityEndpoints<View, Write, Create>(
  editor: Editor<View, Write>,
  creation: Creation<Create>,
  resource: EntityResource<Write>,
): readonly Endpoint[] {
  const { tag, names, noun, write, view, editors = editingRoles, makers = editors, changeErrors = [] } = resource;
  const { readers = administrativeRoles } = resource;
  const limited = resource.writeLimit === undefined ? {} : { limit: resource.writeLimit };
  const params = z.object({ id: resource.id });
  const all = `${adminPath}/${resource.path}`;
  const one = `${all}/{id}`;
  return [
    defineEndpoint({
      method: 'get',
      path: all,
      operationId: `list${names.many}`,
      tag,
      summary: `Lists ${tag.toLowerCase()}`,
      caller: 'administrator',
      roles: readers,
      query: listQuerySchema,
      answer: { status: 200, description: 'One page of them', schema: pageSchema(view) },
      handle: ({ caller, query }) => editor.list(caller, query),
    }),
    defineEndpoint({
      method: 'post',
      path: all,
      operationId: `create${names.one}`,
      tag,
      summary: `Makes ${noun}`,
      ...(creation.description !== undefined && { description: creation.description }),
      caller: 'administrator',
      roles: makers,
      body: { schema: creation.body, ...limited },
      answer: creation.answer,
      errors: ['nameTaken'],
      handle: ({ caller, body }) => creation.create(caller, body),
    }),
    defineEndpoint({
      method: 'get',
      path: one,
      operationId: `get${names.one}`,
      tag,
      summary: `Looks up ${noun}`,
      caller: 'administrator',
      roles: readers,
      params,
      answer: { status: 200, description: 'As it is kept', schema: view },
      handle: ({ caller, params: { id } }) => editor.get(caller, id),
    }),
    defineEndpoint({
      method: 'put',
      path: one,
      operationId: `update${names.one}`,
      tag,
      summary: `Changes ${noun}`,
      description: 'The whole of it is replaced: what is left out becomes what it is where nothing was said.',
      caller: 'administrator',
      roles: editors,
      params,
      ifMatch: 'required',
      body: { schema: write, ...limited },
      answer: { status: 200, description: 'As it is kept now', schema: view },
      errors: changeErrors,
      handle: ({ caller, params: { id }, base, body }) => editor.update(caller, id, base ?? '*', body),
    }),
    defineEndpoint({
      method: 'delete',
      path: one,
      operationId: `delete${names.one}`,
      tag,
      summary: `Deletes ${noun}`,
      caller: 'administrator',
      roles: makers,
      params,
      ifMatch: 'required',
      answer: { status: 204, description: 'It is gone' },
      errors: changeErrors,
      handle: ({ caller, params: { id }, base }) => editor.delete(caller, id, base ?? '*'),
    }),
  ];
}

/** A new one is answered as it is kept. */
export function plainCreation<Body>(
  editor: { create(actor: Actor, body: Body): Promise<unknown> },
  { body, view, description }: { body: z.ZodType<Body>; view: z.ZodType; description?: string },
): Creation<Body> {
  return {
    body,
    ...(description !== undefined && { description }),
    answer: { status: 201, description: 'As it is kept', schema: view },
    create: (actor, written) => editor.create(actor, written),
  };
}
