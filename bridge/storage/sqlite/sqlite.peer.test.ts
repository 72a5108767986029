import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callIdSchema, userIdSchema } from '../../../shared/domain/index.ts';
import { closing, describeCallRecordStore, event, opening, server } from '../contracts/callRecordContract.ts';
import { DatabaseThread, lockDataDir, SqliteAuditStore, SqliteCallRecordStore } from './index.ts';

let folder = '';
let opened: DatabaseThread[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialbridge-sqlite-'));
});
afterEach(async () => {
  await Promise.all(opened.map((thread) => thread.close()));
  opened = [];
  await rm(folder, { recursive: true, force: true });
});

const place = () => join(folder, 'records.sqlite');
async function start(maxBytes?: number): Promise<DatabaseThread> {
  const thread = await DatabaseThread.start({ path: place(), ...(maxBytes ? { maxBytes } : {}) });
  opened.push(thread);
  return thread;
}

async function create(maxBytes?: number): Promise<SqliteCallRecordStore> {
  return new SqliteCallRecordStore({ thread: await start(maxBytes) });
}

describeCallRecordStore('SqliteCallRecordStore', create);

describe('SqliteCallRecordStore', () => {
  it('finds everything again after it was opened anew, in a file of its owner', async () => {
    const thread = await start();
    const records = new SqliteCallRecordStore({ thread });
    const writing = [records.open(opening('1')), records.appendEvent(event('1', 'ringing'))];
    // Closed at once: what was asked for is still written.
    await thread.close();
    await Promise.all(writing);
    expect((await stat(place())).mode & 0o777).toBe(0o600);
    const again = await create();
    expect(await again.get(callIdSchema.parse('1'))).toMatchObject(opening('1'));
    expect(await again.events(callIdSchema.parse('1'))).toHaveLength(1);
  });

  it('acknowledges a write when it is committed, not before: another reader sees it at that moment', async () => {
    const records = await create();
    await records.open(opening('1'));
    const reader = new DatabaseSync(place(), { readOnly: true });
    const count = reader.prepare('SELECT count(*) AS events FROM events');
    for (let written = 1; written <= 50; written += 1) {
      await records.appendEvent(event('1', 'ringing'));
      expect(count.get()?.events).toBe(written);
    }
    reader.close();
  });

  it('refuses everything once closed', async () => {
    const thread = await start();
    const records = new SqliteCallRecordStore({ thread });
    await Promise.all([thread.close(), thread.close()]);
    await expect(records.open(opening('1'))).rejects.toMatchObject({ code: 'closed' });
    await expect(records.closeInterrupted(server)).rejects.toMatchObject({ code: 'closed' });
  });

  it('says which file it could not use', async () => {
    await writeFile(place(), 'this is no database, and long enough to be sure of it'.repeat(20));
    await expect(create()).rejects.toMatchObject({ name: 'StorageError', code: 'unavailable' });
    await expect(create()).rejects.toThrow(place());
    await rm(place());
    await mkdir(place());
    await expect(create()).rejects.toThrow(place());
  });

  it('brings the database of the first bridge up to date, and keeps what is in it', async () => {
    const database = new DatabaseSync(place());
    database.exec(await readFile(new URL('./testing/firstVersion.sql', import.meta.url), 'utf8'));
    database.close();
    const thread = await start();
    const records = new SqliteCallRecordStore({ thread });
    const [kept] = (await records.pageByUser(userIdSchema.parse('alice'), { limit: 2 })).records;
    expect(kept).toMatchObject({
      callId: 'old-2',
      userId: 'alice',
      codec: 'PCMU',
      mediaWay: null,
      transferredTo: null,
      closing: null,
    });
    expect(await records.events(callIdSchema.parse('old-1'))).toMatchObject([{ type: 'ringing', state: 'ringing' }]);
    expect((await records.pageByUser(userIdSchema.parse('bob'), { limit: 2 })).records).toHaveLength(1);
    expect(await records.closeInterrupted(server)).toEqual(['old-2']);
    await records.open(opening('new', { userId: null, direction: 'incoming' }));
    expect(await new SqliteAuditStore({ thread }).page({ limit: 1 })).toEqual({ entries: [], nextCursor: null });
  });

  it('leaves the records of a newer bridge alone', async () => {
    await (await start()).close();
    const database = new DatabaseSync(place());
    database.exec('PRAGMA user_version = 99');
    database.close();
    await expect(create()).rejects.toThrow('newer bridge (version 99');
  });

  it('rejects writes with a clear message when the disk is full, and goes on reading', async () => {
    const records = await create(200_000);
    await records.open(opening('1'));
    const detail = { filling: 'x'.repeat(10_000) };
    const writes = Array.from({ length: 50 }, () => records.appendEvent(event('1', 'noise', { detail })));
    const settled = await Promise.allSettled(writes);
    const refused = settled.find((one) => one.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'unavailable' });
    expect(String(refused?.reason)).toContain(place());
    expect(String(refused?.reason)).toContain('full');
    const kept = await records.events(callIdSchema.parse('1'));
    expect(kept).toHaveLength(settled.filter((one) => one.status === 'fulfilled').length);
    await records.close(callIdSchema.parse('1'), closing);
    expect((await records.get(callIdSchema.parse('1')))?.closing).toEqual(closing);
  });

  it('lets the process end once it is closed', async () => {
    const code = `
      const { DatabaseThread } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)});
      const thread = await DatabaseThread.start({ path: ${JSON.stringify(place())} });
      await thread.close();
      console.log('closed');`;
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', code], { timeout: 20_000 });
    expect(stdout).toBe('closed\n');
  }, 30_000);
});

describe('lockDataDir', () => {
  it('lets one have the folder, and the next once it was released', () => {
    const lock = lockDataDir(folder);
    expect(() => lockDataDir(folder)).toThrow(`The data folder ${folder} is in use by another running bridge.`);
    lock.release();
    lock.release();
    lockDataDir(folder).release();
  });

  it('says why a folder cannot be used', async () => {
    await writeFile(join(folder, 'file'), '');
    expect(() => lockDataDir(join(folder, 'file'))).toThrow(`The data folder ${join(folder, 'file')} can't be used`);
  });

  it('is gone with the process that was killed', async () => {
    const code = `
      const { lockDataDir } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)});
      globalThis.lock = lockDataDir(${JSON.stringify(folder)});
      console.log('locked');
      setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['--input-type=module', '--eval', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(holder, 'exit');
    await once(holder.stdout, 'data');
    expect(() => lockDataDir(folder)).toThrow('in use by another running bridge');
    holder.kill('SIGKILL');
    await exited;
    lockDataDir(folder).release();
  }, 30_000);
});
