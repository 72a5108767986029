import type { z } from 'zod';
import { DialbridgeError, toWireError } from '../../../shared/errors/index.ts';
import { type EntityKind, type EntityOf, entityKinds } from '../api/entityKinds.ts';
import { viewGateway } from './viewGateway.ts';

interface Kept {
  readonly id: string;
  readonly revision: number;
}

export interface Asked {
  readonly method: string;
  /** Below `/api/v1`, with its query. */
  readonly path: string;
  readonly body: unknown;
  readonly ifMatch: string | null;
}

/** Answers one request in place of the usual; throws a `DialbridgeError` to refuse. */
export type Answer = (asked: Asked) => unknown;

/**
 * The admin API in memory, as a stand-in for `fetch`: lists with search and paging, one by id, create, change under `If-Match`,
 * delete, import. `answers` (by `"POST /admin/explain"`, without the query) goes first.
 */
export class FakeAdminBridge {
  readonly asked: Asked[] = [];
  readonly answers: Record<string, Answer>;
  readonly #kept = new Map<EntityKind, Map<string, Kept>>();
  #nextId = 1;

  constructor(answers: Record<string, Answer> = {}) {
    this.answers = answers;
  }

  /** Puts entities there as they are kept; a `revision` and what has a default may be left out. */
  put<Kind extends EntityKind>(kind: Kind, ...drafts: readonly object[]): void {
    for (const draft of drafts) {
      const entity = this.#complete(kind, draft);
      this.#all(kind).set(entity.id, entity);
    }
  }

  /** As it is kept now. */
  get(kind: EntityKind, id: string): Record<string, unknown> | undefined {
    return this.#all(kind).get(id) as Record<string, unknown> | undefined;
  }

  rulesInOrder(): readonly EntityOf<'rules'>[] {
    const rules = [...this.#all('rules').values()] as unknown as EntityOf<'rules'>[];
    return rules.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  }

  /** Requests with a method other than GET. */
  get writes(): readonly Asked[] {
    return this.asked.filter(({ method }) => method !== 'GET');
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    const path = String(input).replace(/^.*\/api\/v1/, '');
    const method = init?.method ?? 'GET';
    const body = typeof init?.body === 'string' ? JSON.parse(init.body) : init?.body;
    const asked: Asked = { method, path, body, ifMatch: headers.get('If-Match') };
    this.asked.push(asked);
    try {
      const answer = this.answers[`${method} ${path.split('?')[0]}`];
      const said = answer ? await answer(asked) : this.#answer(asked);
      if (said instanceof Response) return said;
      return said === undefined ? new Response(null, { status: 204 }) : Response.json(said);
    } catch (error) {
      const status = error instanceof DialbridgeError ? 400 : 500;
      return Response.json({ error: toWireError(error) }, { status });
    }
  };

  #answer({ method, path, body, ifMatch }: Asked): unknown {
    const url = new URL(path, 'http://bridge');
    const [, , folder, rawId, below] = url.pathname.split('/');
    const kind = (Object.keys(entityKinds) as EntityKind[]).find((one) => entityKinds[one].path === `/${folder}`);
    if (kind === undefined) throw new DialbridgeError('notFound');
    const all = this.#all(kind);
    if (rawId === undefined) return method === 'GET' ? this.#list(kind, url.searchParams) : this.#create(kind, body);
    if (method === 'POST' && rawId === 'import') return this.#import(kind, body);
    const entity = all.get(decodeURIComponent(rawId));
    if (entity === undefined) throw new DialbridgeError('notFound');
    if (method === 'GET') return entity;
    if (kind === 'rules' && below === 'move') return this.#move(entity.id, (body as { before: string | null }).before);
    if (ifMatch !== `"${entity.revision}"`) throw new DialbridgeError('conflict');
    if (method === 'DELETE') {
      all.delete(entity.id);
      return undefined;
    }
    return this.#replace(kind, entity, this.#parse(entityKinds[kind].write, body) as object);
  }

  /** What a draft can say and doesn't say is gone. */
  #replace(kind: EntityKind, entity: Kept, draft: object): Kept {
    const settings = shapeOf(entityKinds[kind].write);
    const stays = Object.entries(entity).filter(([name]) => !(name in settings));
    const next = { ...Object.fromEntries(stays), ...draft, id: entity.id, revision: entity.revision + 1 };
    const changed = this.#complete(kind, next, entity);
    this.#all(kind).set(entity.id, changed);
    return changed;
  }

  /** All or none. */
  #import(kind: EntityKind, body: unknown): unknown {
    const { mode, items } = body as { mode: 'merge' | 'replace'; items: readonly { id: string }[] };
    const drafts = items.map((item) => this.#parse(entityKinds[kind].create, item) as { id: string });
    const all = this.#all(kind);
    const others = [...all.keys()].filter((id) => !drafts.some((draft) => draft.id === id));
    const present = drafts.filter(({ id }) => all.has(id)).length;
    for (const draft of drafts) {
      const entity = all.get(draft.id);
      if (entity === undefined) all.set(draft.id, this.#complete(kind, draft));
      else this.#replace(kind, entity, draft);
    }
    const deleted = mode === 'replace' ? others : [];
    for (const id of deleted) all.delete(id);
    return { added: drafts.length - present, changed: present, deleted: deleted.length };
  }

  #list(kind: EntityKind, query: URLSearchParams): unknown {
    const text = query.get('q')?.toLowerCase() ?? '';
    const brandId = query.get('brandId');
    const all = kind === 'rules' ? this.rulesInOrder() : [...this.#all(kind).values()];
    const found = all.filter(
      (entity) =>
        JSON.stringify(entity).toLowerCase().includes(text) &&
        (brandId === null || (entity as { brandId?: string | null }).brandId === brandId),
    );
    const limit = Number(query.get('limit') ?? 100);
    const from = Number(query.get('cursor') ?? 0);
    const nextCursor = from + limit < found.length ? String(from + limit) : null;
    return { items: found.slice(from, from + limit), nextCursor };
  }

  /** Numbers the rules anew, and gives those whose order changed. */
  #move(id: string, before: string | null): unknown {
    const rules = this.rulesInOrder();
    const others = rules.filter((rule) => rule.id !== id);
    const index = before === null ? others.length : others.findIndex((rule) => rule.id === before);
    const moved = [...others.slice(0, index), ...rules.filter((rule) => rule.id === id), ...others.slice(index)];
    const items = moved
      .map((rule, place) => ({ ...rule, order: place + 1 }))
      .filter(({ id: one, order }) => order !== rules.find((rule) => rule.id === one)?.order)
      .map((rule) => ({ ...rule, revision: rule.revision + 1 }));
    for (const rule of items) this.#all('rules').set(rule.id, rule);
    return { items };
  }

  #create(kind: EntityKind, body: unknown): unknown {
    const draft = this.#parse(entityKinds[kind].create, body) as object;
    const entity = this.#complete(kind, { id: `${kind}-${this.#nextId++}`, ...draft });
    if (this.#all(kind).has(entity.id)) throw new DialbridgeError('nameTaken', { details: { name: entity.id } });
    this.#all(kind).set(entity.id, entity);
    return entity;
  }

  #complete(kind: EntityKind, draft: object, before?: object): Kept {
    const kept = { revision: 1, updatedAtMs: 1_700_000_000_000, createdAtMs: 1_700_000_000_000 };
    const user = { hasPassword: 'password' in draft };
    const signingKey = { publicKey: null, lastUsedAtMs: null };
    const webhook = { switchedOff: null, oldSecretEndsAtMs: null };
    const more = {
      ...kept,
      ...(kind === 'users' && user),
      ...(kind === 'signingKeys' && signingKey),
      ...(kind === 'webhooks' && webhook),
    };
    const view = kind === 'gateways' ? viewGateway(draft, before) : draft;
    return entityKinds[kind].entity.parse(strip({ ...more, ...view }, entityKinds[kind].entity)) as Kept;
  }

  #parse(schema: z.ZodType, body: unknown): unknown {
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const details = { key: issue?.path.join('.') ?? '', expected: issue?.message ?? '' };
    throw new DialbridgeError('invalidSetting', { details });
  }

  #all(kind: EntityKind): Map<string, Kept> {
    const all = this.#kept.get(kind) ?? new Map<string, Kept>();
    this.#kept.set(kind, all);
    return all;
  }
}

/** Without what the kind doesn't have (a password). */
function strip(entity: object, schema: z.ZodType): object {
  const settings = shapeOf(schema);
  return Object.fromEntries(Object.entries(entity).filter(([name]) => name in settings));
}

function shapeOf(schema: z.ZodType): object {
  return (schema as unknown as { shape: object }).shape;
}
