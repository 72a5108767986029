import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareWithSaid, type Moment, writeUntilKilled } from '../bridge/storage/sqlite/testing/killWriters.ts';

/**
 * `npm run bench -- kills`, first part: kills a process that writes call records 200 times at a random moment, each time on the database that the
 * one before left, and looks what of everything acknowledged is there. `--quick`: 20 times.
 */
const kills = process.argv.includes('--quick') ? 20 : 200;

const folder = await mkdtemp(join(tmpdir(), 'dialbridge-kills-'));
try {
  const path = join(folder, 'records.sqlite');
  const said: string[] = [];
  for (let count = 1; count <= kills; count += 1) {
    said.push(...(await writeUntilKilled(path, `run${count}`, moment())));
    if (count % 20 === 0) process.stderr.write(`${count} of ${kills} kills, ${said.length} facts acknowledged\n`);
  }
  const { calls, events, interrupted, wrongs } = await compareWithSaid(path, said);
  process.stdout.write(
    `${kills} kills (SIGKILL) of a process that writes calls in four lanes, each at a random moment: ${calls} calls and ${events} events were acknowledged; ` +
      `${interrupted} calls were open and are closed as interrupted; ${wrongs.length} are missing, doubled or otherwise wrong.\n`,
  );
  for (const wrong of wrongs) process.stdout.write(`  ${wrong}\n`);
  process.exitCode = wrongs.length === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Within half a second, or with a fact that was just acknowledged. */
function moment(): Moment {
  if (Math.random() < 0.5) return { afterMs: Math.random() * 500 };
  return { facts: 1 + Math.floor(Math.random() * 200), by: Math.random() < 0.5 ? 'itself' : 'us' };
}
