import { describe, expect, it } from 'vitest';
import { type AuditEntry, auditEntrySchema } from '../../../shared/admin/index.ts';
import { brandIdSchema, userIdSchema } from '../../../shared/domain/index.ts';
import type { AuditFilter, AuditStore } from '../ports/AuditStore.ts';

export function auditEntry(id: string, change: Partial<AuditEntry> = {}): AuditEntry {
  const actor = { userId: 'u-alice', userName: 'alice', role: 'operator' };
  const basis = { id, atMs: 1_000_000, actor, address: '192.0.2.1', action: 'update', kind: 'rule' };
  return auditEntrySchema.parse({
    ...basis,
    entityId: 'us',
    brandId: null,
    before: { action: 'allow', nested: { list: [1, null, 'x'] } },
    after: { action: 'deny' },
    ...change,
  });
}

const acme = brandIdSchema.parse('acme');
const bob = { userId: userIdSchema.parse('u-bob'), userName: 'bob', role: 'brandManager' } as const;

/** What every `AuditStore` keeps to; `create` makes an empty one. */
export function describeAuditStore(name: string, create: () => Promise<AuditStore>): void {
  const idsOf = async (audit: AuditStore, filter: AuditFilter = {}) =>
    (await audit.page({ filter, limit: 100 })).entries.map(({ id }) => id);

  describe(`${name} as an audit store`, () => {
    it('gives back what was appended, the last first', async () => {
      const audit = await create();
      expect(await audit.page({ limit: 10 })).toEqual({ entries: [], nextCursor: null });
      const entries = [
        auditEntry('1'),
        auditEntry('2', { kind: 'rate', action: 'import', entityId: null, before: null, after: { added: 3 } }),
        // A clock that was set back makes no entry older than those before it.
        auditEntry('3', { atMs: 999, brandId: acme, actor: bob }),
      ];
      for (const entry of entries) await audit.append(entry);
      expect(await audit.page({ limit: 10 })).toEqual({ entries: entries.toReversed(), nextCursor: null });
    });

    it('keeps an entry as it was first appended', async () => {
      const audit = await create();
      const mine = auditEntry('1');
      await audit.append(mine);
      await audit.append(auditEntry('1', { kind: 'user' }));
      (mine.before as { action: string }).action = 'changed later';
      expect((await audit.page({ limit: 10 })).entries).toEqual([auditEntry('1')]);
    });

    it('takes what was not said for nothing', async () => {
      const audit = await create();
      await audit.append({ ...auditEntry('1'), before: null, after: { kept: 1, left: undefined } });
      expect((await audit.page({ limit: 1 })).entries[0]).toMatchObject({ before: null, after: { kept: 1 } });
    });

    it('filters by brand, kind, entity and actor, alone and together', async () => {
      const audit = await create();
      await audit.append(auditEntry('rule'));
      await audit.append(auditEntry('rule of acme', { brandId: acme }));
      await audit.append(auditEntry('user of acme', { brandId: acme, kind: 'user', entityId: 'u-1' }));
      await audit.append(auditEntry('by bob', { brandId: acme, actor: bob, entityId: 'de' }));
      await audit.append(auditEntry('rates', { kind: 'rate', entityId: null, actor: bob }));
      expect(await idsOf(audit, { brandId: acme })).toEqual(['by bob', 'user of acme', 'rule of acme']);
      expect(await idsOf(audit, { kind: 'rule' })).toEqual(['by bob', 'rule of acme', 'rule']);
      expect(await idsOf(audit, { entityId: 'us' })).toEqual(['rule of acme', 'rule']);
      expect(await idsOf(audit, { actorId: bob.userId })).toEqual(['rates', 'by bob']);
      expect(await idsOf(audit, { brandId: acme, kind: 'rule', actorId: bob.userId })).toEqual(['by bob']);
      expect(await idsOf(audit, { brandId: acme, kind: 'rule', entityId: 'us' })).toEqual(['rule of acme']);
      expect(await idsOf(audit, { kind: 'rate', entityId: 'us' })).toEqual([]);
      expect(await idsOf(audit, { brandId: brandIdSchema.parse('other') })).toEqual([]);
    });

    it('pages through what matches, while more is appended, and ends at the exact end', async () => {
      const audit = await create();
      for (let number = 0; number < 9; number += 1) {
        await audit.append(auditEntry(`${number}`, { kind: number % 3 === 0 ? 'user' : 'rule' }));
      }
      const seen: string[] = [];
      let before: string | undefined;
      do {
        const page = await audit.page({
          filter: { kind: 'rule' },
          limit: 2,
          ...(before === undefined ? {} : { before }),
        });
        seen.push(...page.entries.map(({ id }) => id));
        expect(page.entries).toHaveLength(2);
        await audit.append(auditEntry(`late ${seen.length}`));
        before = page.nextCursor ?? undefined;
      } while (before !== undefined);
      expect(seen).toEqual(['8', '7', '5', '4', '2', '1']);
    });

    it.each(['', 'x', 'MTIz', '!!!', 'a'.repeat(500)])('refuses %j as a cursor', async (before) => {
      const audit = await create();
      await audit.append(auditEntry('1'));
      await expect(audit.page({ before, limit: 1 })).rejects.toMatchObject({ code: 'badCursor' });
    });

    it('loses no entry of many at once', async () => {
      const audit = await create();
      await Promise.all(Array.from({ length: 200 }, (_, number) => audit.append(auditEntry(`${number}`))));
      expect((await audit.page({ limit: 1000 })).entries).toHaveLength(200);
    });
  });
}
