import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { userIdSchema } from '../../../../shared/domain/index.ts';
import { opening } from '../../contracts/callRecordContract.ts';
import { describeCallRetention } from '../../contracts/callRetentionContract.ts';
import { describeCallSearch } from '../../contracts/callSearchContract.ts';
import { describeCallTraceStore } from '../../contracts/callTraceContract.ts';
import { DatabaseThread } from '../DatabaseThread.ts';
import { SqliteCallRecordStore } from './SqliteCallRecordStore.ts';
import { SqliteCallTraceStore } from './SqliteCallTraceStore.ts';

const threads: DatabaseThread[] = [];
const folders: string[] = [];

async function open(): Promise<DatabaseThread> {
  const folder = await mkdtemp(join(tmpdir(), 'dialbridge-search-'));
  folders.push(folder);
  const thread = await DatabaseThread.start({ path: join(folder, 'calls.sqlite') });
  threads.push(thread);
  return thread;
}

const create = async () => new SqliteCallRecordStore({ thread: await open() });

afterEach(async () => {
  await Promise.all(threads.splice(0).map((thread) => thread.close()));
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

describeCallSearch('SqliteCallRecordStore', create);
describeCallRetention('SqliteCallRecordStore', create);
describeCallTraceStore('SqliteCallTraceStore', async () => {
  const thread = await open();
  return { records: new SqliteCallRecordStore({ thread }), traces: new SqliteCallTraceStore({ thread }) };
});

describe('SqliteCallRecordStore', () => {
  /** The oldest is to be found: everything else has another person, and a number that ends otherwise. */
  async function filled(calls: number): Promise<SqliteCallRecordStore> {
    const records = await create();
    const bob = userIdSchema.parse('bob');
    const first = opening('0', { requestedAtMs: 1, calledNumber: '+4955', userId: bob });
    const others = Array.from({ length: calls - 1 }, (_, index) =>
      opening(`${index + 1}`, { requestedAtMs: index + 2, calledNumber: '+4966' }),
    );
    await Promise.all([first, ...others].map((call) => records.open(call)));
    return records;
  }

  it('looks at ten thousand calls for one page and says how far it came', async () => {
    const records = await filled(10_001);
    const search = { number: { endsWith: '55' } };
    const page = await records.search(search, { limit: 5 });
    expect(page).toMatchObject({ records: [], searchedToMs: 2 });
    expect(page.nextCursor).not.toBeNull();
    const next = await records.search(search, { limit: 5, before: page.nextCursor ?? '' });
    expect(next).toMatchObject({ records: [{ callId: '0' }], searchedToMs: null, nextCursor: null });
  });

  it('finds what an index leads to however many other calls there are', async () => {
    const records = await filled(10_001);
    for (const search of [
      { number: { is: '+4955' } },
      { number: { beginsWith: '+495' } },
      { userId: userIdSchema.parse('bob') },
      { untilMs: 2 },
    ]) {
      const page = await records.search(search, { limit: 5 });
      expect(page).toMatchObject({ records: [{ callId: '0' }], searchedToMs: null, nextCursor: null });
    }
  });

  it('goes through time where too many numbers begin so', async () => {
    const records = await filled(10_001);
    const { records: found } = await records.search({ number: { beginsWith: '+49' } }, { limit: 2 });
    expect(found.map(({ callId }) => callId)).toEqual(['10000', '9999']);
  });
});
