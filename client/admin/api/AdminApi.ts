import { z } from 'zod';
import type { ApiRequest } from '../../session/index.ts';
import { type CreateOf, type EntityKind, type EntityOf, entityKinds, type WriteOf } from './entityKinds.ts';

/** Sends as the signed-in person; `Session.send` does. */
export type Send = <Schema extends z.ZodType>(request: ApiRequest, schema: Schema) => Promise<z.infer<Schema>>;

/** Gets a file as the signed-in person; `Session.download` does. */
export type Download = (request: ApiRequest) => Promise<Blob>;

export interface ListFilter {
  /** Text to look for. */
  readonly q?: string;
  readonly brandId?: string;
}

export interface PageRequest extends ListFilter {
  /** At most 1000; absent: the bridge's 100. */
  readonly limit?: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string | null;
}

export interface Page<Entity> {
  readonly items: readonly Entity[];
  /** Null at the end. */
  readonly nextCursor: string | null;
}

/** Which state of which entity a change is based on. */
interface Based {
  readonly id: string;
  readonly revision: number;
}

const nothing = z.unknown();

/**
 * The bridge's REST API for operators, `/api/v1/admin`. Each method throws `DialbridgeError` where the bridge refuses
 * (`invalidSetting` names the key, `conflict` says that somebody else was quicker, `forbidden`, `notFound`, `inUse`, ...), and
 * `BridgeUnreachableError`.
 */
export class AdminApi {
  readonly #send: Send;
  readonly #download: Download;

  constructor(deps: { readonly send: Send; readonly download: Download }) {
    this.#send = deps.send;
    this.#download = deps.download;
  }

  list<Kind extends EntityKind>(kind: Kind, page: PageRequest = {}): Promise<Page<EntityOf<Kind>>> {
    const schema = z.object({ items: z.array(schemaOf(kind)), nextCursor: z.string().nullable() });
    return this.ask({ method: 'GET', path: `${entityKinds[kind].path}${queryOf(page)}` }, schema);
  }

  get<Kind extends EntityKind>(kind: Kind, id: string): Promise<EntityOf<Kind>> {
    return this.ask({ method: 'GET', path: pathOf(kind, id) }, schemaOf(kind));
  }

  create<Kind extends EntityKind>(kind: Kind, draft: CreateOf<Kind>): Promise<EntityOf<Kind>> {
    return this.ask({ method: 'POST', path: entityKinds[kind].path, body: draft }, schemaOf(kind));
  }

  /** Changes the whole of it, provided that it is as it was read. */
  update<Kind extends EntityKind>(kind: Kind, based: Based, draft: WriteOf<Kind>): Promise<EntityOf<Kind>> {
    const request = { method: 'PUT', path: pathOf(kind, based.id), body: draft, ifMatch: based.revision } as const;
    return this.ask(request, schemaOf(kind));
  }

  async delete(kind: EntityKind, based: Based): Promise<void> {
    await this.ask({ method: 'DELETE', path: pathOf(kind, based.id), ifMatch: based.revision }, nothing);
  }

  /** A file below `/api/v1/admin`. */
  file(path: string): Promise<Blob> {
    return this.#download({ method: 'GET', path: `/admin${path}` });
  }

  /** Anything else below `/api/v1/admin`, such as `/explain`. */
  ask<Schema extends z.ZodType>(request: ApiRequest, schema: Schema): Promise<z.infer<Schema>> {
    return this.#send({ ...request, path: `/admin${request.path}` }, schema);
  }
}

/** How one of this kind reads; the table's type can't say it for a kind that is not yet known. */
function schemaOf<Kind extends EntityKind>(kind: Kind): z.ZodType<EntityOf<Kind>> {
  return entityKinds[kind].entity as unknown as z.ZodType<EntityOf<Kind>>;
}

/** Path of one entity, or of what hangs on it (`pathOf('users', id, '/sign-in-link')`), below `/api/v1/admin`. */
export function pathOf(kind: EntityKind, id: string, below = ''): string {
  return `${entityKinds[kind].path}/${encodeURIComponent(id)}${below}`;
}

/** `?q=…` of what is given; empty values are left out. */
export function queryOf(values: object): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
