import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { auditEntry, describeAuditStore } from '../contracts/auditContract.ts';
import { auditPageSql } from './AuditTable.ts';
import { DatabaseThread, SqliteAuditStore } from './index.ts';

let folder = '';
let thread: DatabaseThread;
let table: DatabaseSync;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialbridge-audit-'));
  thread = await DatabaseThread.start({ path: join(folder, 'database.sqlite') });
  table = new DatabaseSync(join(folder, 'database.sqlite'), { timeout: 5000 });
});
afterEach(() => table.exec('DELETE FROM audit'));
afterAll(async () => {
  table.close();
  await thread.close();
  await rm(folder, { recursive: true, force: true });
});

describeAuditStore('SqliteAuditStore', async () => new SqliteAuditStore({ thread }));

describe('SqliteAuditStore', () => {
  it('has an entry for another reader once it is acknowledged', async () => {
    const audit = new SqliteAuditStore({ thread });
    const count = table.prepare('SELECT count(*) AS entries FROM audit');
    for (let number = 1; number <= 20; number += 1) {
      await audit.append(auditEntry(`${number}`));
      expect(count.get()?.entries).toBe(number);
    }
  });

  // Such a plan, without a scan and without a sort, reads the rows of the page and no more, however many there are.
  it.each([
    [[], 'USING INTEGER PRIMARY KEY (rowid<?)'],
    [['brandId'], '(brand_id=? AND seq<?)'],
    [['kind'], '(kind=? AND seq<?)'],
    [['actorId'], '(actor_id=? AND seq<?)'],
    [['brandId', 'kind'], '(brand_id=? AND kind=? AND seq<?)'],
    [['brandId', 'actorId'], '(brand_id=? AND actor_id=? AND seq<?)'],
    [['kind', 'actorId'], '(kind=? AND actor_id=? AND seq<?)'],
    [['brandId', 'kind', 'actorId'], '(brand_id=? AND kind=? AND actor_id=? AND seq<?)'],
    [['entityId'], '(entity_id=? AND seq<?)'],
    [['kind', 'entityId'], '(entity_id=? AND seq<?)'],
    [['brandId', 'kind', 'entityId', 'actorId'], '(entity_id=? AND seq<?)'],
  ] as const)('finds a page by %j in an index', (filters, search) => {
    const plan = table.prepare(`EXPLAIN QUERY PLAN ${auditPageSql(filters)}`).all();
    expect(plan).toHaveLength(1);
    expect(plan[0]?.detail).toContain('SEARCH audit ');
    expect(plan[0]?.detail).toContain(search);
  });
});
