import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeDialogStore, keptDialog } from '../contracts/dialogContract.ts';
import { DatabaseThread, SqliteDialogStore } from './index.ts';

let folder = '';
let threads: DatabaseThread[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialbridge-dialogs-'));
});
afterEach(async () => {
  await Promise.all(threads.map((thread) => thread.close()));
  threads = [];
  await rm(folder, { recursive: true, force: true });
});

async function create(): Promise<SqliteDialogStore> {
  const thread = await DatabaseThread.start({ path: join(folder, 'records.sqlite') });
  threads.push(thread);
  return new SqliteDialogStore({ thread });
}

describeDialogStore('SqliteDialogStore', create);

describe('SqliteDialogStore', () => {
  it('knows what was kept also after it was opened anew', async () => {
    await (await create()).keep(keptDialog('a'));
    await threads[0]?.close();
    expect(await (await create()).list(keptDialog('a').callServerId)).toEqual([keptDialog('a')]);
  });
});
