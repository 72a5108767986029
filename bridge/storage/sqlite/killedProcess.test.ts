import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callIdSchema } from '../../../shared/domain/index.ts';
import { closing, server } from '../contracts/callRecordContract.ts';
import { SqliteCallRecordStore } from './index.ts';

const child = fileURLToPath(new URL('./appendUntilKilled.child.ts', import.meta.url));

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialbridge-kill-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs the child until it has acknowledged so many facts and is killed, by itself or by us, and gives all that it had said. */
async function writeUntilKilled(path: string, run: string, facts: number): Promise<readonly string[]> {
  const killsItself = Math.random() < 0.5;
  const options = killsItself ? [path, run, String(facts)] : [path, run];
  const writer = spawn(process.execPath, [child, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
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
    const records = await SqliteCallRecordStore.create({ path });
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
    await records.shutDown();
  }, 60_000);
});
