import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callIdSchema } from '../../../shared/domain/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { closing, server } from '../contracts/callRecordContract.ts';
import { claim, noon, readUse } from '../contracts/usageFixtures.ts';
import { DatabaseThread, SqliteCallRecordStore, SqliteUsageStore } from './index.ts';

const appender = fileURLToPath(new URL('./appendUntilKilled.child.ts', import.meta.url));
const talker = fileURLToPath(new URL('./talkUntilKilled.child.ts', import.meta.url));

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialbridge-kill-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs the child until it has acknowledged so many facts and is killed, by itself or by us, and gives all that it had said. */
async function writeUntilKilled(path: string, run: string, facts: number): Promise<readonly string[]> {
  const killsItself = Math.random() < 0.5;
  const options = killsItself ? [path, run, String(facts)] : [path, run];
  const writer = spawn(process.execPath, [appender, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(writer, 'exit');
  const said: string[] = [];
  for await (const line of createInterface({ input: writer.stdout })) {
    said.push(line);
    if (said.length === facts && !killsItself) writer.kill('SIGKILL');
  }
  const [, signal] = await exited;
  expect(signal).toBe('SIGKILL');
  return said;
}

describe('A bridge that is killed while it writes call records', () => {
  it('loses nothing acknowledged, doubles nothing, and closes what was open at the next start', async () => {
    const path = join(folder, 'records.sqlite');
    const said: string[] = [];
    for (const run of ['a', 'b', 'c', 'd', 'e', 'f']) {
      said.push(...(await writeUntilKilled(path, run, 20 + Math.floor(Math.random() * 400))));
    }
    const thread = await DatabaseThread.start({ path });
    const records = new SqliteCallRecordStore({ thread });
    const interrupted = new Set<string>(await records.closeInterrupted(server));
    const closed = new Set(said.filter((fact) => fact.startsWith('closed ')).map((fact) => fact.slice(7)));
    for (const fact of said) {
      const [what, name = '', type = ''] = fact.split(' ');
      const callId = callIdSchema.parse(name);
      if (what === 'event') {
        const types = (await records.events(callId)).map((event) => event.type);
        expect(types.filter((one) => one === type)).toHaveLength(1);
      } else if (what === 'closed') {
        expect((await records.get(callId))?.closing).toEqual(closing);
      } else {
        const outcome = (await records.get(callId))?.closing?.outcome;
        // Closed without having been acknowledged is possible: the kill came between the write and the word.
        expect(outcome).toBe(interrupted.has(name) ? 'interrupted' : 'answered');
        if (closed.has(name)) expect(outcome).toBe('answered');
      }
    }
    expect(interrupted.size).toBeGreaterThan(5);
    await thread.close();
  }, 60_000);
});

describe('A bridge that is killed while calls end', () => {
  it('gives nobody back what they used of the day: every end that was acknowledged counts, and none twice', async () => {
    const path = join(folder, 'usage.sqlite');
    const ends = [0, 0, 0, 0];
    const runs = ['a', 'b', 'c', 'd'];
    for (const run of runs) {
      const facts = String(20 + Math.floor(Math.random() * 200));
      const talking = spawn(process.execPath, [talker, path, run, facts], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const exited = once(talking, 'exit');
      for await (const line of createInterface({ input: talking.stdout }))
        ends[Number(line)] = (ends[Number(line)] ?? 0) + 1;
      expect((await exited)[1]).toBe('SIGKILL');
    }
    const thread = await DatabaseThread.start({ path });
    const usage = await SqliteUsageStore.create({ thread, clock: new FakeClock(noon), logger: new RecordingLogger() });
    let sum = 0;
    for (const [lane, acknowledged] of ends.entries()) {
      const { talkMs } = await readUse(usage, noon, claim({}, { meterId: `lane ${lane}` }));
      expect(talkMs).toBeGreaterThanOrEqual(acknowledged * 1000);
      // Saved without having been acknowledged is possible, once in each run: the kill came between the write and the word.
      expect(talkMs).toBeLessThanOrEqual((acknowledged + runs.length) * 1000);
      sum += talkMs;
    }
    // A call's meters are saved together.
    expect((await readUse(usage, noon, claim({}, { meterId: 'all lanes' }))).talkMs).toBe(sum);
    await usage.close();
    await thread.close();
  }, 60_000);
});
