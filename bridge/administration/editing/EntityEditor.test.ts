import { describe, expect, it } from 'vitest';
import { administrationFixture, auditor, operator, redAuditor, redManager } from '../testing/administrationFixture.ts';

const limit = 100;
const draft = { name: 'Support', brandId: null };

describe('editing', () => {
  it('makes, shows, changes and deletes, and each step raises the revision', async () => {
    const { administration, clock, groups } = administrationFixture();
    const made = await administration.groups.create(operator, { id: 'support' as never, ...draft });
    expect(made).toEqual({ id: 'support', ...draft, revision: 1, updatedAtMs: clock.now() });
    expect(await administration.groups.get(operator, 'support')).toEqual(made);
    clock.advance(1000);
    const changed = await administration.groups.update(operator, 'support', 1, { ...draft, name: 'Help' });
    expect(changed).toEqual({ ...made, name: 'Help', revision: 2, updatedAtMs: clock.now() });
    expect(await groups.get('support')).toEqual(changed);
    await administration.groups.delete(operator, 'support', 2);
    expect(await groups.get('support')).toBeUndefined();
    await expect(administration.groups.get(operator, 'support')).rejects.toMatchObject({ code: 'notFound' });
  });

  it('refuses an id that is taken, and keeps what is there', async () => {
    const { administration, groups } = administrationFixture();
    const taken = administration.groups.create(operator, { id: 'vip' as never, ...draft });
    await expect(taken).rejects.toMatchObject({ code: 'nameTaken', details: { name: 'vip' } });
    expect(await groups.get('vip')).toMatchObject({ name: 'vip' });
  });

  it.each([0, 2, 99])('refuses a change that is based on revision %d where 1 is there', async (revision) => {
    const { administration, groups, audit } = administrationFixture();
    await expect(administration.groups.update(operator, 'vip', revision, draft)).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(administration.groups.delete(operator, 'vip', revision)).rejects.toMatchObject({ code: 'conflict' });
    expect(await groups.get('vip')).toMatchObject({ name: 'vip', revision: 1 });
    expect(audit.entries).toEqual([]);
  });

  it('takes any revision where the editor says so', async () => {
    const { administration, groups } = administrationFixture();
    await administration.groups.update(operator, 'vip', '*', draft);
    await administration.groups.delete(operator, 'vip', '*');
    expect(await groups.get('vip')).toBeUndefined();
  });

  it('lets one of ten through who change the same thing at the same time', async () => {
    const { administration, groups, audit } = administrationFixture();
    const changes = Array.from({ length: 10 }, (_, index) =>
      administration.groups.update(operator, 'vip', 1, { ...draft, name: `by ${index}` }),
    );
    const settled = await Promise.allSettled(changes);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', ...Array(9).fill('rejected')]);
    expect(await groups.get('vip')).toMatchObject({ name: 'by 0', revision: 2 });
    expect(audit.entries).toHaveLength(1);
  });

  it('refuses a change that another process was faster with, and writes that nothing came of it', async () => {
    const { administration, groups, audit } = administrationFixture();
    const { update } = groups;
    groups.update = async (id, change) => {
      const present = await groups.get(id);
      if (present) await groups.put({ ...present, name: 'Theirs', revision: 2 });
      return update.call(groups, id, change);
    };
    await expect(administration.groups.update(operator, 'vip', 1, draft)).rejects.toMatchObject({ code: 'conflict' });
    await expect(administration.groups.delete(operator, 'red-sales', 1)).rejects.toMatchObject({ code: 'conflict' });
    expect(await groups.get('vip')).toMatchObject({ name: 'Theirs' });
    expect(await groups.get('red-sales')).toMatchObject({ name: 'Theirs' });
    expect(audit.entries).toHaveLength(4);
  });

  it('finds by part of a name, by brand, and page by page', async () => {
    const { administration } = administrationFixture();
    const ids = async (query: object) =>
      (await administration.groups.list(operator, { limit, ...query })).items.map(({ id }) => id);
    expect(await ids({})).toEqual(['blue-sales', 'red-sales', 'vip']);
    expect(await ids({ q: 'SALES' })).toEqual(['blue-sales', 'red-sales']);
    expect(await ids({ brandId: 'red' })).toEqual(['red-sales']);
    expect(await ids({ q: 'vip', brandId: 'red' })).toEqual([]);
    const first = await administration.groups.list(operator, { limit: 2 });
    expect(await ids({ limit: 2, cursor: first.nextCursor })).toEqual(['vip']);
  });
});

describe('whose it is', () => {
  it('shows a brand’s manager and auditor their own brand and what is of none', async () => {
    const { administration } = administrationFixture();
    for (const actor of [redManager, redAuditor]) {
      const { items } = await administration.groups.list(actor, { limit });
      expect(items.map(({ id }) => id)).toEqual(['red-sales', 'vip']);
      await expect(administration.groups.get(actor, 'blue-sales')).rejects.toMatchObject({ code: 'forbidden' });
      const others = administration.groups.list(actor, { limit, brandId: 'blue' as never });
      await expect(others).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect((await administration.groups.list(auditor, { limit })).items).toHaveLength(3);
  });

  it('lets a manager edit their own brand’s alone, and neither take from others nor give to them', async () => {
    const { administration, audit, groups } = administrationFixture();
    const { groups: editor } = administration;
    const mine = { name: 'Mine', brandId: 'red' as never };
    await editor.update(redManager, 'red-sales', 1, mine);
    await editor.create(redManager, { id: 'red-two' as never, ...mine });
    await editor.delete(redManager, 'red-two', 1);
    audit.entries.length = 0;
    const before = await groups.list();
    for (const brandId of ['blue', null]) {
      const theirs = { name: 'Theirs', brandId: brandId as never };
      await expect(editor.create(redManager, { id: 'x' as never, ...theirs })).rejects.toMatchObject({
        code: 'forbidden',
      });
      await expect(editor.update(redManager, 'red-sales', 2, theirs)).rejects.toMatchObject({ code: 'forbidden' });
    }
    for (const id of ['blue-sales', 'vip']) {
      await expect(editor.update(redManager, id, 1, mine)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(editor.delete(redManager, id, 1)).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(await groups.list()).toEqual(before);
    expect(audit.entries).toEqual([]);
  });

  it('lets auditors change nothing', async () => {
    const { administration, audit } = administrationFixture();
    for (const actor of [auditor, redAuditor]) {
      const { groups } = administration;
      await expect(groups.create(actor, { id: 'x' as never, ...draft })).rejects.toMatchObject({ code: 'forbidden' });
      await expect(groups.update(actor, 'red-sales', 1, draft)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(groups.delete(actor, 'red-sales', 1)).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(audit.entries).toEqual([]);
  });
});

describe('the audit log', () => {
  it('has who, when, from where, before and after of each change', async () => {
    const { administration, audit, clock } = administrationFixture();
    await administration.groups.create(operator, { id: 'support' as never, ...draft });
    await administration.groups.update(operator, 'support', 1, { name: 'Help', brandId: 'red' as never });
    await administration.groups.delete(operator, 'support', 2);
    const by = { userId: operator.userId, userName: operator.userName, role: 'operator' };
    const common = { atMs: clock.now(), actor: by, address: '192.0.2.7', kind: 'group', entityId: 'support' };
    expect(audit.entries).toMatchObject([
      { ...common, action: 'create', brandId: null, before: null, after: { ...draft, revision: 1 } },
      { ...common, action: 'update', brandId: null, before: { name: 'Support' }, after: { name: 'Help', revision: 2 } },
      { ...common, action: 'delete', brandId: 'red', before: { name: 'Help' }, after: null },
    ]);
    expect(new Set(audit.entries.map(({ id }) => id)).size).toBe(3);
  });

  it('keeps a change from being made that it cannot write down', async () => {
    const { administration, audit, groups } = administrationFixture();
    audit.failure = new Error('the disk is full');
    await expect(administration.groups.update(operator, 'vip', 1, draft)).rejects.toThrow('the disk is full');
    expect(await groups.get('vip')).toMatchObject({ name: 'vip', revision: 1 });
  });

  it('takes back the entry of a change that failed', async () => {
    const { administration, audit, groups } = administrationFixture();
    groups.update = async () => {
      throw new Error('the disk is full');
    };
    await expect(administration.groups.update(operator, 'vip', 1, draft)).rejects.toThrow('the disk is full');
    expect(audit.entries).toMatchObject([
      { before: { name: 'vip' }, after: { name: 'Support' } },
      { before: { name: 'Support' }, after: { name: 'vip' } },
    ]);
  });

  it('shows managers and brand-bound auditors the entries of their brand, and refuses those of another', async () => {
    const { administration } = administrationFixture();
    await administration.groups.update(operator, 'red-sales', 1, { name: 'a', brandId: 'red' as never });
    await administration.groups.update(operator, 'blue-sales', 1, { name: 'b', brandId: 'blue' as never });
    await administration.groups.update(operator, 'vip', 1, { name: 'c', brandId: null });
    const seenBy = async (actor: typeof operator, query = {}) =>
      (await administration.trail.page(actor, { limit, ...query })).items.map(({ entityId }) => entityId);
    expect(await seenBy(operator)).toEqual(['vip', 'blue-sales', 'red-sales']);
    expect(await seenBy(auditor)).toHaveLength(3);
    expect(await seenBy(operator, { brandId: 'blue' })).toEqual(['blue-sales']);
    expect(await seenBy(redManager)).toEqual(['red-sales']);
    expect(await seenBy(redAuditor)).toEqual(['red-sales']);
    await expect(seenBy(redManager, { brandId: 'blue' })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await seenBy(operator, { entityId: 'vip', kind: 'group', actorId: operator.userId })).toEqual(['vip']);
    expect(await seenBy(operator, { kind: 'rule' })).toEqual([]);
  });
});
