import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import { type CallTrace, callSipMessageSchema } from '../../../../shared/admin/index.ts';
import type { TraceQuery, TraceWrite } from '../operations.ts';
import { packedPointSchema, packPoint, unpackPoint } from './packPoint.ts';

const partSchema = z.object({
  messages: z.array(callSipMessageSchema).default([]),
  omittedMessages: z.number().default(0),
  points: z.array(packedPointSchema).default([]),
});

/** The table `traces`: a row for each part of a call's trace, found by its call and forgotten by its time. */
export class TraceTable {
  readonly #append: StatementSync;
  readonly #parts: StatementSync;
  readonly #forget: StatementSync;

  constructor(database: DatabaseSync) {
    this.#append = database.prepare(`
      INSERT INTO traces (call_seq, requested_at_ms, part) SELECT seq, requested_at_ms, ? FROM calls WHERE call_id = ?`);
    this.#parts = database.prepare(`
      SELECT part FROM traces WHERE call_seq = (SELECT seq FROM calls WHERE call_id = ?) ORDER BY seq`);
    this.#forget = database.prepare(`
      DELETE FROM traces WHERE seq IN (SELECT seq FROM traces WHERE requested_at_ms < ? ORDER BY requested_at_ms LIMIT ?)`);
  }

  /** Says whether the call is known. */
  append({ callId, part: { quality, ...part } }: TraceWrite): boolean {
    const row = JSON.stringify({ ...part, ...(quality !== undefined && { points: quality.map(packPoint) }) });
    return this.#append.run(row, callId).changes > 0;
  }

  answer(query: TraceQuery): CallTrace | number {
    if (query.kind === 'forgetTraces') return Number(this.#forget.run(query.beforeMs, query.limit).changes);
    const parts = this.#parts.all(query.callId).map(({ part }) => partSchema.parse(JSON.parse(String(part))));
    return {
      messages: parts.flatMap(({ messages }) => messages),
      omittedMessages: parts.reduce((sum, { omittedMessages }) => sum + omittedMessages, 0),
      quality: parts.flatMap(({ points }) => points.map(unpackPoint)),
    };
  }
}
