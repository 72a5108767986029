import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import type { AuditFilter } from '../ports/AuditStore.ts';
import { readAuditCursor, writeAuditCursor } from './cursor.ts';
import type { AuditQuery, AuditWrite, StoredAuditPage } from './operations.ts';

const rowSchema = z.object({ seq: z.number(), entry: z.string() });

/** Column of each filter. */
const columns = {
  brandId: 'brand_id',
  kind: 'kind',
  entityId: 'entity_id',
  actorId: 'actor_id',
} as const satisfies Record<keyof AuditFilter, string>;
const filterNames = ['brandId', 'kind', 'entityId', 'actorId'] as const satisfies readonly (keyof AuditFilter)[];

/** The table `audit`. */
export class AuditTable {
  readonly #database: DatabaseSync;
  readonly #append: StatementSync;
  /** By the filters that they have. */
  readonly #pages = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#append = database.prepare(`
      INSERT INTO audit (id, at_ms, actor_id, kind, entity_id, brand_id, entry) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO NOTHING`);
  }

  perform({ entry }: AuditWrite): void {
    const { id, atMs, actor, kind, entityId, brandId } = entry;
    this.#append.run(id, atMs, actor.userId, kind, entityId, brandId, JSON.stringify(entry));
  }

  /** @throws StorageError `badCursor` */
  answer({ filter, before, limit }: AuditQuery): StoredAuditPage {
    const given = filterNames.filter((name) => filter[name] !== undefined);
    const values: SQLInputValue[] = given.map((name) => filter[name] ?? null);
    const beforeSeq = before === null ? Number.MAX_SAFE_INTEGER : readAuditCursor(before);
    const found = this.#page(given).all(...values, beforeSeq, limit + 1);
    const rows = found.map((row) => rowSchema.parse(row));
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      entries: shown.map(({ entry }) => entry),
      nextCursor: rows.length > limit && last !== undefined ? writeAuditCursor(last.seq) : null,
    };
  }

  #page(given: readonly (keyof AuditFilter)[]): StatementSync {
    const key = given.join(' ');
    const present = this.#pages.get(key);
    if (present !== undefined) return present;
    const made = this.#database.prepare(auditPageSql(given));
    this.#pages.set(key, made);
    return made;
  }
}

/** Values of the filters, the number before which the page begins, and its length are to be bound. */
export function auditPageSql(given: readonly (keyof AuditFilter)[]): string {
  // A plus keeps a column from being searched by (sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_):
  // an entity has a few entries, its kind may have most of them.
  const plus = given.includes('entityId') ? '+' : '';
  const conditions = given.map((name) => `${name === 'entityId' ? '' : plus}${columns[name]} = ? AND`);
  return `SELECT seq, entry FROM audit WHERE ${conditions.join(' ')} seq < ? ORDER BY seq DESC LIMIT ?`;
}
