import { randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type UserWrite, userWriteSchema } from '../../../shared/admin/index.ts';
import type { BrandId, UserId } from '../../../shared/domain/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { MemoryCollection } from '../../storage/memory/index.ts';
import { PasswordHasher } from './PasswordHasher.ts';
import type { User } from './User.ts';
import type { UserNameClaim } from './UserNameClaim.ts';
import { Users } from './Users.ts';

const brandId = 'default' as BrandId;
const password = 'a long password';
const write = (fields: Partial<UserWrite>): UserWrite => userWriteSchema.parse({ displayName: 'Somebody', ...fields });

describe('Users, edited', () => {
  let hasher: PasswordHasher;
  let clock: FakeClock;
  let stored: MemoryCollection<User>;
  let names: MemoryCollection<UserNameClaim>;
  let users: Users;
  let ended: [UserId, string][];
  let alice: User;
  let olga: User;

  beforeAll(async () => {
    hasher = await PasswordHasher.create();
  });
  beforeEach(async () => {
    clock = new FakeClock();
    stored = new MemoryCollection();
    names = new MemoryCollection();
    ended = [];
    users = new Users({
      users: stored,
      userNames: names,
      hasher,
      revocations: { endUser: async (id, reason) => void ended.push([id, reason]) },
      clock,
      newId: randomUUID,
      randomBytes,
    });
    alice = await users.add(write({ userName: 'alice', password }));
    olga = await users.add(write({ userName: 'olga', role: 'operator' }));
    clock.advance(1000);
  });
  const refused = (code: string) => ({ code });

  it('take what was written, say what was before, and keep the password that was not given', async () => {
    const draft = write({ userName: 'alice', displayName: 'Alice A.', callerNumbers: ['+12025550100'] });
    const { before, after } = await users.edit(alice.id, draft, alice.revision);
    expect(before).toEqual(alice);
    const { passwordHash, createdAtMs, id } = alice;
    expect(after).toEqual({ ...draft, id, passwordHash, createdAtMs, revision: 2, updatedAtMs: clock.now() });
    expect(await users.get(alice.id)).toEqual(after);
    expect(ended).toEqual([]);
  });

  it('refuse a change that was based on an older revision, one of two that come at once, and one of nobody', async () => {
    const edits = ['A', 'B'].map((displayName) => users.edit(alice.id, write({ userName: 'alice', displayName }), 1));
    const outcomes = await Promise.allSettled(edits);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(users.edit(alice.id, write({ userName: 'alice' }), 1)).rejects.toMatchObject(refused('conflict'));
    const nobody = 'nobody' as UserId;
    await expect(users.edit(nobody, write({ userName: 'x' }), 1)).rejects.toMatchObject(refused('notFound'));
    await expect(users.remove(nobody, 1)).rejects.toMatchObject(refused('notFound'));
    await expect(users.remove(alice.id, 1)).rejects.toMatchObject(refused('conflict'));
    await expect(users.setPassword(nobody, password)).rejects.toMatchObject(refused('notFound'));
    expect((await names.list()).map(({ id }) => id).toSorted()).toEqual(['alice', 'olga']);
  });

  describe('with another name', () => {
    it('are found by it and by the old one no more, which is free again', async () => {
      await users.edit(alice.id, write({ userName: ' Alicia ' }), 1);
      expect(await users.findByName('ALICIA')).toMatchObject({ id: alice.id, userName: 'Alicia' });
      expect(await users.authenticate('alicia', password, brandId)).toBeDefined();
      expect(await users.findByName('alice')).toBeUndefined();
      await expect(users.add(write({ userName: 'Alice' }))).resolves.toBeDefined();
      expect((await names.list()).map(({ id }) => id).toSorted()).toEqual(['alice', 'alicia', 'olga']);
      expect(ended).toEqual([[alice.id, 'rightsChanged']]);
    });

    it('keep the old one when the new one is taken or the change is refused', async () => {
      const taken = users.edit(alice.id, write({ userName: 'Olga' }), 1);
      await expect(taken).rejects.toMatchObject({ code: 'nameTaken', details: { name: 'Olga' } });
      await expect(users.edit(alice.id, write({ userName: 'bob' }), 7)).rejects.toMatchObject(refused('conflict'));
      expect(await users.findByName('alice')).toBeDefined();
      expect((await names.list()).map(({ id }) => id).toSorted()).toEqual(['alice', 'olga']);
    });

    it('get it once, whoever of two wants it at the same moment', async () => {
      const bob = await users.add(write({ userName: 'bob' }));
      const wanted = write({ userName: 'carol' });
      const outcomes = await Promise.allSettled([users.edit(alice.id, wanted, 1), users.edit(bob.id, wanted, 1)]);
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      const carol = await users.findByName('carol');
      expect((await stored.list()).filter(({ userName }) => userName === 'carol')).toEqual([carol]);
      expect(await names.list()).toHaveLength(3);
    });

    it('don’t take a name from somebody who is just being renamed to it, nor leave it taken for ever', async () => {
      await names.put({ id: 'bob', userId: alice.id, claimedAtMs: clock.now() });
      await expect(users.add(write({ userName: 'bob' }))).rejects.toMatchObject(refused('nameTaken'));
      expect(await users.findByName('bob')).toBeUndefined();
      clock.advance(60_000);
      await expect(users.add(write({ userName: 'bob' }))).resolves.toBeDefined();
    });

    it('may write theirs in another way', async () => {
      await users.edit(alice.id, write({ userName: 'ALICE' }), 1);
      expect(await users.findByName('alice')).toMatchObject({ userName: 'ALICE' });
    });
  });

  describe('the last operator', () => {
    const demoted = { userName: 'olga' } as const;

    it.each([
      ['demoted', () => users.edit(olga.id, write({ ...demoted, role: 'brandManager', brandId }), 1)],
      ['switched off', () => users.edit(olga.id, write({ ...demoted, role: 'operator', isEnabled: false }), 1)],
      ['removed', () => users.remove(olga.id, 1)],
    ])('is never %s', async (_, change) => {
      await expect(change()).rejects.toMatchObject(refused('lastOperator'));
      expect(await users.get(olga.id)).toEqual(olga);
      expect(ended).toEqual([]);
    });

    it('is no longer the last when there is another, but one who is switched off is none', async () => {
      const off = await users.add(write({ userName: 'otto', role: 'operator', isEnabled: false }));
      await expect(users.remove(olga.id, 1)).rejects.toMatchObject(refused('lastOperator'));
      await users.edit(off.id, write({ userName: 'otto', role: 'operator' }), 1);
      await expect(users.remove(olga.id, 1)).resolves.toEqual(olga);
    });

    it('stays when two operators demote each other at the same moment', async () => {
      const otto = await users.add(write({ userName: 'otto', role: 'operator' }));
      const outcomes = await Promise.allSettled([
        users.edit(olga.id, write({ userName: 'olga' }), 1),
        users.edit(otto.id, write({ userName: 'otto' }), 1),
      ]);
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    });
  });

  describe('lose the rights that their tokens speak of', () => {
    it.each<[string, Partial<UserWrite>, string[]]>([
      ['switched off', { isEnabled: false }, ['accountDisabled']],
      ['with a new password', { password: 'another password' }, ['signedOutEverywhere']],
      ['with another role', { role: 'auditor' }, ['rightsChanged']],
      ['of another brand', { brandId }, ['rightsChanged']],
      ['with another display name', { displayName: 'Alice' }, []],
    ])('when they are %s', async (_, change, reasons) => {
      await users.edit(alice.id, write({ userName: 'alice', ...change }), 1);
      expect(ended).toEqual(reasons.map((reason) => [alice.id, reason]));
    });

    it('when they are removed, and their name is free', async () => {
      await users.remove(alice.id, 1);
      expect(ended).toEqual([[alice.id, 'accountDisabled']]);
      expect((await names.list()).map(({ id }) => id)).toEqual(['olga']);
    });

    it('when their password is set', async () => {
      await users.setPassword(alice.id, 'another password');
      expect(ended).toEqual([[alice.id, 'signedOutEverywhere']]);
      expect(await users.authenticate('alice', password, brandId)).toBeUndefined();
      expect(await users.authenticate('alice', 'another password', brandId)).toMatchObject({ revision: 2 });
    });
  });

  it('without a password sign in by none', async () => {
    expect(olga.passwordHash).toBeNull();
    for (const guess of ['', 'a password that nobody has'])
      expect(await users.authenticate('olga', guess, brandId)).toBeUndefined();
  });
});
