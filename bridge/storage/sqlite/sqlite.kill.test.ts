import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../observability/FakeClock.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { claim, noon, readUse } from '../contracts/usageFixtures.ts';
import { DatabaseThread, SqliteUsageStore } from './index.ts';
import { compareWithSaid, writeUntilKilled } from './testing/killWriters.ts';

const talker = fileURLToPath(new URL('./talkUntilKilled.child.ts', import.meta.url));

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialbridge-kill-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('A bridge that is killed while it writes call records', () => {
  // Two hundred random moments: `npm run bench -- kills`.
  it('loses nothing acknowledged, doubles nothing, and closes what was open at the next start', async () => {
    const path = join(folder, 'records.sqlite');
    const said: string[] = [];
    for (const run of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const facts = 20 + Math.floor(Math.random() * 400);
      said.push(...(await writeUntilKilled(path, run, { facts, by: Math.random() < 0.5 ? 'itself' : 'us' })));
    }
    const { wrongs, interrupted } = await compareWithSaid(path, said);
    expect(wrongs).toEqual([]);
    expect(interrupted).toBeGreaterThan(5);
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
