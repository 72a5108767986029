import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import type { LoadedUsage, UsageQuery, UsageWrite } from './operations.ts';

const rowSchema = z.tuple([z.string(), z.number(), z.number(), z.number()]);

/** The table `usage`: what was used of each meter in each quarter of an hour. */
export class UsageTable {
  readonly #save: StatementSync;
  readonly #forget: StatementSync;
  readonly #load: StatementSync;

  constructor(database: DatabaseSync) {
    this.#save = database.prepare(`
      INSERT INTO usage (meter_id, from_ms, talk_ms, cost_micros) VALUES (?, ?, ?, ?)
      ON CONFLICT (meter_id, from_ms) DO UPDATE SET talk_ms = excluded.talk_ms, cost_micros = excluded.cost_micros`);
    this.#forget = database.prepare('DELETE FROM usage WHERE from_ms < ?');
    this.#load = database.prepare(
      'SELECT meter_id, from_ms, talk_ms, cost_micros FROM usage WHERE from_ms >= ? ORDER BY meter_id, from_ms',
    );
    this.#load.setReturnArrays(true);
  }

  perform(write: UsageWrite): void {
    if (write.kind === 'forgetUsage') this.#forget.run(write.beforeMs);
    else for (const slice of write.slices) this.#save.run(slice.meterId, slice.fromMs, slice.talkMs, slice.costMicros);
  }

  answer({ fromMs }: UsageQuery): LoadedUsage {
    const meterIds: string[] = [];
    const numbers: number[] = [];
    for (const row of this.#load.iterate(fromMs)) {
      const [meterId, ...rest] = rowSchema.parse(row);
      meterIds.push(meterId);
      numbers.push(...rest);
    }
    return { meterIds, numbers: Float64Array.from(numbers) };
  }
}
