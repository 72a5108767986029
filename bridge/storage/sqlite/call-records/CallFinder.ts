import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { CallSearch, CallSearchPage } from '../../ports/CallRecordStore.ts';
import { type PageEnd, readCursor, writeCursor } from '../cursor.ts';
import { type NumberedRecord, readCallRow } from './callRecordRows.ts';
import { wholeCall } from './callRecordStatements.ts';
import { beginsWith, type Condition, conditionsOf, type Way, waysToLook } from './searchConditions.ts';

/** Calls that one page may look at: what a page may cost. */
const mostLookedAt = 10_000;

/** Calls of numbers that begin in some way, which are sorted rather than met on the way through time. */
const mostSorted = 5_000;

interface Look {
  readonly rows: readonly NumberedRecord[];
  /** The last call that was looked at, where it stopped; null: there was no more. */
  readonly end: PageEnd | null;
}

/** Looks for calls, newest first: along the indexes that leave least, through so many calls and no further. */
export class CallFinder {
  readonly #database: DatabaseSync;
  /** Prepared ones by their text: as many as there are kinds of questions. */
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** @throws StorageError `badCursor` */
  find(search: CallSearch, { before, limit }: { before: string | null; limit: number }): CallSearchPage {
    const start = before === null ? null : readCursor(before);
    const { rows, end } = this.#look(search, start, limit + 1);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const records = shown.map(({ record }) => record);
    if (rows.length > limit && last !== undefined) {
      const nextCursor = writeCursor({ requestedAtMs: last.record.requestedAtMs, seq: last.seq });
      return { records, nextCursor, searchedToMs: null };
    }
    if (end === null) return { records, nextCursor: null, searchedToMs: null };
    return { records, nextCursor: writeCursor(end), searchedToMs: end.requestedAtMs };
  }

  #look(search: CallSearch, start: PageEnd | null, limit: number): Look {
    const ways = waysToLook(search, (prefix) => this.#isRare(prefix));
    if (ways.length === 0) return { rows: [], end: null };
    const seen = seenAlong(ways, timeConditions(search, start));
    const rest = conditionsOf(search);
    const found = this.#all(
      `${seen.text}, found AS MATERIALIZED (
        SELECT calls.seq FROM seen CROSS JOIN calls USING (seq) ${where(rest)}
        ORDER BY seen.requested_at_ms DESC, seen.seq DESC LIMIT ?)
      SELECT ${wholeCall} FROM found CROSS JOIN calls USING (seq) ORDER BY calls.requested_at_ms DESC, calls.seq DESC`,
      [...seen.values, ...valuesOf(rest), limit],
    );
    const rows = found.map(readCallRow);
    if (rows.length === limit) return { rows, end: null };
    const [last] = this.#all(`${seen.text} SELECT * FROM seen LIMIT 1 OFFSET ${mostLookedAt - 1}`, seen.values);
    return { rows, end: last ? { requestedAtMs: Number(last.requested_at_ms), seq: Number(last.seq) } : null };
  }

  #isRare(prefix: string): boolean {
    const counted = (column: string, index: string) => {
      const { text, values } = beginsWith(column, prefix);
      const some = `SELECT 1 FROM calls INDEXED BY ${index} WHERE ${text} LIMIT ${mostSorted + 1}`;
      return Number(this.#all(`SELECT count(*) AS calls FROM (${some})`, values)[0]?.calls);
    };
    return counted('called_number', 'calls_to') + counted('calling_number', 'calls_by') <= mostSorted;
  }

  #all(sql: string, values: readonly SQLInputValue[]) {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement.all(...values);
  }
}

/** The calls that are looked at, newest first. */
function seenAlong(ways: readonly Way[], time: readonly Condition[]): Condition {
  const order = `ORDER BY requested_at_ms DESC, seq DESC LIMIT ${mostLookedAt}`;
  const each = ways.map(({ source, conditions }) => {
    return `SELECT * FROM (SELECT seq, requested_at_ms FROM ${source} ${where([...conditions, ...time])} ${order})`;
  });
  return {
    text: `WITH seen AS MATERIALIZED (${each.join(' UNION ')} ${order})`,
    values: ways.flatMap(({ conditions }) => valuesOf([...conditions, ...time])),
  };
}

function timeConditions({ fromMs, untilMs }: CallSearch, start: PageEnd | null): Condition[] {
  return [
    ...(fromMs === undefined ? [] : [{ text: 'requested_at_ms >= ?', values: [fromMs] }]),
    ...(untilMs === undefined ? [] : [{ text: 'requested_at_ms < ?', values: [untilMs] }]),
    ...(start === null ? [] : [{ text: '(requested_at_ms, seq) < (?, ?)', values: [start.requestedAtMs, start.seq] }]),
  ];
}

function where(conditions: readonly Condition[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.map(({ text }) => text).join(' AND ')}`;
}

function valuesOf(conditions: readonly Condition[]): SQLInputValue[] {
  return conditions.flatMap(({ values }) => [...values]);
}
