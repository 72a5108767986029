import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fruitSchema } from '../contracts/fruit.ts';
import { openCollectionFiles } from './index.ts';

const child = fileURLToPath(new URL('./paintUntilKilled.child.ts', import.meta.url));

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialbridge-kill-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The last colour that was acknowledged before the child was killed at some moment. */
async function paintUntilKilled(path: string, first: number): Promise<number> {
  const painter = spawn(process.execPath, [child, path, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(painter, 'exit');
  let last = first - 1;
  const changes = 1 + Math.floor(Math.random() * 5);
  for await (const line of createInterface({ input: painter.stdout })) {
    last = Number(line);
    // Somewhere within the next change, which takes a few milliseconds.
    if (last === first + changes) setTimeout(() => painter.kill('SIGKILL'), Math.random() * 20);
  }
  expect((await exited)[1]).toBe('SIGKILL');
  return last;
}

describe('A bridge that is killed while it changes many files at once', () => {
  it('finds all of a change or nothing of it, and all that was acknowledged', async () => {
    const path = join(folder, 'fruits.json');
    for (let run = 0, next = 0; run < 8; run += 1) {
      const acknowledged = await paintUntilKilled(path, next);
      const fruits = await openCollectionFiles({ path, schema: fruitSchema });
      const colours = new Set((await fruits.list()).map(({ colour }) => Number(colour)));
      expect(colours.size).toBe(1);
      const [colour = -1] = colours;
      expect([acknowledged, acknowledged + 1]).toContain(colour);
      await fruits.close();
      next = colour + 1;
    }
  }, 60_000);
});
