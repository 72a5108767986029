import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type CallId, callIdSchema } from '../../../../shared/domain/index.ts';
import { closing, server } from '../../contracts/callRecordContract.ts';
import { DatabaseThread } from '../DatabaseThread.ts';
import { SqliteCallRecordStore } from '../index.ts';

const appender = fileURLToPath(new URL('../appendUntilKilled.child.ts', import.meta.url));

/** When a process that writes call records is killed: with its so many-th acknowledged fact, by itself or by us, or after so many ms. */
export type Moment = { readonly facts: number; readonly by: 'itself' | 'us' } | { readonly afterMs: number };

/** Writes calls in a process of its own until that is killed (`SIGKILL`), and gives all that had been acknowledged. */
export async function writeUntilKilled(path: string, run: string, moment: Moment): Promise<readonly string[]> {
  const killsItself = 'facts' in moment && moment.by === 'itself';
  const writer = spawn(process.execPath, [appender, path, run, ...(killsItself ? [String(moment.facts)] : [])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(writer, 'exit');
  const said: string[] = [];
  for await (const line of createInterface({ input: writer.stdout })) {
    said.push(line);
    if ('afterMs' in moment && said.length === 1) setTimeout(() => writer.kill('SIGKILL'), moment.afterMs);
    if ('facts' in moment && !killsItself && said.length === moment.facts) writer.kill('SIGKILL');
  }
  const [, signal] = await exited;
  if (signal !== 'SIGKILL') throw new Error(`the writer ended by ${signal ?? 'itself'}, not by SIGKILL`);
  return said;
}

export interface AfterKills {
  readonly calls: number;
  readonly events: number;
  /** Calls that were open, and were closed by the next start. */
  readonly interrupted: number;
  /** Acknowledged facts that are not there, are there twice or are otherwise, in words. */
  readonly wrongs: readonly string[];
}

/** Opens the database as the next start does, and compares it with what was acknowledged. */
export async function compareWithSaid(path: string, said: readonly string[]): Promise<AfterKills> {
  const thread = await DatabaseThread.start({ path });
  const records = new SqliteCallRecordStore({ thread });
  try {
    const interrupted = new Set<string>(await records.closeInterrupted(server));
    const wrongs: string[] = [];
    const calls = Map.groupBy(said, (fact) => fact.split(' ')[1] ?? '');
    for (const [name, facts] of calls)
      wrongs.push(...(await wrongsOf(records, callIdSchema.parse(name), facts, interrupted)));
    if ((await records.closeInterrupted(server)).length > 0) wrongs.push('a call is still open');
    const events = said.filter((fact) => fact.startsWith('event ')).length;
    return { calls: calls.size, events, interrupted: interrupted.size, wrongs };
  } finally {
    await thread.close();
  }
}

async function wrongsOf(
  records: SqliteCallRecordStore,
  callId: CallId,
  facts: readonly string[],
  interrupted: ReadonlySet<string>,
): Promise<string[]> {
  const record = await records.get(callId);
  if (record === undefined) return [`${callId} is not there`];
  const types = (await records.events(callId)).map(({ type }) => type);
  const missing = facts.flatMap((fact) => {
    const [what, , type = ''] = fact.split(' ');
    if (what !== 'event') return [];
    const times = types.filter((one) => one === type).length;
    return times === 1 ? [] : [`${callId}: ${type} is there ${times} times`];
  });
  const outcome = record.closing?.outcome ?? 'open';
  const wasClosed = facts.some((fact) => fact.startsWith('closed '));
  // Closed without having been acknowledged is possible: the kill came between the write and the word.
  const wanted = interrupted.has(callId) ? 'interrupted' : closing.outcome;
  const isWrong = outcome !== wanted || (wasClosed && outcome !== closing.outcome);
  return isWrong ? [...missing, `${callId} is ${outcome}`] : missing;
}
