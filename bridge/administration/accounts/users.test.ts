import { beforeEach, describe, expect, it } from 'vitest';
import { userWriteSchema } from '../../../shared/admin/index.ts';
import type { BrandId, UserId } from '../../../shared/domain/index.ts';
import type { Actors } from '../editing/Actor.ts';
import { administrationFixture, auditor, operator, redAuditor, redManager } from '../testing/administrationFixture.ts';

const id = (text: string) => text as UserId;
const written = (user: object) => userWriteSchema.parse({ userName: 'carl', displayName: 'Carl', ...user });

describe('who acts', () => {
  const signedIn = (userId: string, entry: object = { kind: 'account' }) =>
    ({ user: { id: userId, userName: userId, displayName: userId, role: 'operator' }, entry }) as never;
  let fixture: ReturnType<typeof administrationFixture>;
  let actors: Actors;
  beforeEach(() => {
    fixture = administrationFixture();
    actors = fixture.actors;
  });

  it('is judged by the account as it is now, not by the token', async () => {
    expect(await actors.of(signedIn('olga'), '192.0.2.7')).toEqual({
      userId: 'olga',
      userName: 'olga',
      role: 'operator',
      brandId: null,
      address: '192.0.2.7',
    });
    expect(await actors.of(signedIn('mia'), '')).toMatchObject({ role: 'brandManager', brandId: 'red' });
    expect(await actors.of(signedIn('adam'), '')).toMatchObject({ role: 'auditor', brandId: null });
    await expect(actors.of(signedIn('ruth'), '')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(actors.of(signedIn('gone'), '')).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('is nobody without an account, with a disabled one, or as a manager of nothing', async () => {
    for (const kind of ['hostToken', 'embedKey']) {
      await expect(actors.of(signedIn('olga', { kind }), '')).rejects.toMatchObject({ code: 'forbidden' });
    }
    const olga = await fixture.users.get('olga');
    if (olga) await fixture.users.put({ ...olga, isEnabled: false });
    await expect(actors.of(signedIn('olga'), '')).rejects.toMatchObject({ code: 'accountDisabled' });
    const mia = await fixture.users.get('mia');
    if (mia) await fixture.users.put({ ...mia, brandId: null });
    await expect(actors.of(signedIn('mia'), '')).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('users', () => {
  let fixture: ReturnType<typeof administrationFixture>;
  let users: ReturnType<typeof administrationFixture>['administration']['users'];
  beforeEach(() => {
    fixture = administrationFixture();
    users = fixture.administration.users;
  });

  it('are shown without their passwords, which no audit entry has either', async () => {
    const made = await users.create(operator, written({ password: 'a long password' }));
    expect(made).toMatchObject({ userName: 'carl', hasPassword: true, role: 'user', revision: 1 });
    await users.update(operator, made.id, 1, written({ displayName: 'Karl' }));
    await users.update(operator, made.id, 2, written({ password: 'another password' }));
    expect(fixture.audit.entries).toMatchObject([
      { after: { userName: 'carl', password: '(secret)' } },
      { before: { displayName: 'Carl', password: '(secret)' }, after: { displayName: 'Karl', password: '(secret)' } },
      { before: { password: '(secret)' }, after: { password: '(secret), changed' } },
    ]);
    const shown = JSON.stringify([fixture.audit.entries, await users.list(operator, { limit: 100 }), made]);
    for (const secret of ['passwordHash', 'a long password', 'another', 'hash"', 'drowssap']) {
      expect(shown).not.toContain(secret);
    }
    expect(await fixture.users.get(made.id)).toMatchObject({ passwordHash: 'drowssap rehtona' });
  });

  it('without a password have none', async () => {
    expect(await users.create(operator, written({}))).toMatchObject({ hasPassword: false });
    expect(fixture.audit.entries).toMatchObject([{ after: { password: null } }]);
  });

  it.each([
    [{ brandId: 'green' }, 'brandId'],
    [{ groups: ['vip', 'ghosts'] }, 'groups.1'],
    [{ brandId: 'red', groups: ['blue-sales'] }, 'groups.0'],
    [{ role: 'brandManager' }, 'brandId'],
  ])('can’t be %j', async (user, key) => {
    const before = await fixture.users.list();
    await expect(users.create(operator, written(user))).rejects.toMatchObject({
      code: 'invalidSetting',
      details: { key },
    });
    await expect(users.update(operator, 'nina', 1, written(user))).rejects.toMatchObject({ details: { key } });
    expect(await fixture.users.list()).toEqual(before);
    expect(fixture.audit.entries).toEqual([]);
  });

  it('have names of their own, whatever their case', async () => {
    const taken = { code: 'nameTaken', details: { name: 'OLGA' } };
    await expect(users.create(operator, written({ userName: 'OLGA' }))).rejects.toMatchObject(taken);
    await expect(users.update(operator, 'nina', 1, written({ userName: 'OLGA' }))).rejects.toMatchObject(taken);
    await expect(users.update(operator, 'nina', 1, written({ userName: 'NINA' }))).resolves.toMatchObject({
      userName: 'NINA',
    });
    expect(fixture.audit.entries).toHaveLength(1);
  });

  it('have an operator among them to the last', async () => {
    const last = { code: 'lastOperator' };
    const olga = written({ userName: 'olga', role: 'operator' });
    await expect(users.delete(operator, 'olga', 1)).rejects.toMatchObject(last);
    await expect(users.update(operator, 'olga', 1, { ...olga, isEnabled: false })).rejects.toMatchObject(last);
    await expect(users.update(operator, 'olga', 1, { ...olga, role: 'auditor' })).rejects.toMatchObject(last);
    await users.create(operator, written({ userName: 'off', role: 'operator', isEnabled: false }));
    await expect(users.delete(operator, 'olga', 1)).rejects.toMatchObject(last);
    await users.create(operator, written({ userName: 'otto', role: 'operator' }));
    // Of two operators who remove each other at the same time, one stays.
    const both = await Promise.allSettled([users.delete(operator, 'olga', 1), users.delete(operator, 'new-3', 1)]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  it('of a brand are its manager’s, except its operators; nobody is made one by a manager', async () => {
    const ruth = written({ userName: 'ruth', brandId: 'red' });
    await users.update(redManager, 'ruth', 1, { ...ruth, role: 'brandManager' });
    const rita = await users.create(operator, written({ userName: 'rita', role: 'operator', brandId: 'red' }));
    fixture.audit.entries.length = 0;
    const forbidden = { code: 'forbidden' };
    await expect(
      users.update(redManager, rita.id, 1, written({ userName: 'rita', password: 'now it is mine', brandId: 'red' })),
    ).rejects.toMatchObject(forbidden);
    await expect(users.delete(redManager, rita.id, 1)).rejects.toMatchObject(forbidden);
    await expect(users.update(redManager, 'ruth', 2, { ...ruth, role: 'operator' })).rejects.toMatchObject(forbidden);
    await expect(users.create(redManager, written({ role: 'operator', brandId: 'red' }))).rejects.toMatchObject(
      forbidden,
    );
    for (const other of ['bob', 'nina', 'olga']) {
      await expect(users.update(redManager, other, 1, ruth)).rejects.toMatchObject(forbidden);
      await expect(users.get(redManager, other)).rejects.toMatchObject(forbidden);
    }
    expect(fixture.audit.entries).toEqual([]);
    const seen = (await users.list(redManager, { limit: 100 })).items.map(({ userName }) => userName);
    expect(seen).toEqual(['abby', 'mia', 'rita', 'ruth']);
  });

  it('get from a manager only groups of the brand, and keep what operators gave them', async () => {
    const ruth = { userName: 'ruth', brandId: 'red' };
    const vip = users.update(redManager, 'ruth', 1, written({ ...ruth, groups: ['red-sales', 'vip'] }));
    await expect(vip).rejects.toMatchObject({ details: { key: 'groups.1' } });
    await users.update(operator, 'ruth', 1, written({ ...ruth, groups: ['vip'], callerNumbers: ['+49301234'] }));
    const more = written({ ...ruth, groups: ['vip', 'red-sales'], callerNumbers: ['+49301234', '+12025550100'] });
    await expect(users.update(redManager, 'ruth', 2, more)).resolves.toMatchObject({ groups: ['vip', 'red-sales'] });
    const foreign = users.update(redManager, 'ruth', 3, { ...more, callerNumbers: ['+49309999'] });
    await expect(foreign).rejects.toMatchObject({ details: { key: 'callerNumbers.0' } });
  });

  it('are signed out and get links from who may edit them, and from nobody else', async () => {
    const { userSessions } = fixture.administration;
    await userSessions.signOutEverywhere(redManager, id('ruth'));
    expect(fixture.told).toEqual(['signed out ruth']);
    const link = await userSessions.createSignInLink(operator, id('bob'), 'https://phone.example');
    expect(link).toEqual({ url: 'https://phone.example/#sign-in=bob', expiresAtMs: 5 });
    expect(fixture.audit.entries).toMatchObject([
      { kind: 'session', action: 'signOutEverywhere', entityId: 'ruth', brandId: 'red' },
      { kind: 'session', action: 'create', entityId: 'bob', after: { signInLinkFor: 'bob' } },
    ]);
    expect(JSON.stringify(fixture.audit.entries)).not.toContain('#sign-in');
    for (const [actor, userId] of [
      [redManager, 'bob'],
      [redManager, 'olga'],
      [auditor, 'bob'],
      [redAuditor, 'ruth'],
    ] as const) {
      await expect(userSessions.signOutEverywhere(actor, id(userId))).rejects.toMatchObject({ code: 'forbidden' });
      await expect(userSessions.createSignInLink(actor, id(userId), 'x')).rejects.toMatchObject({ code: 'forbidden' });
    }
    await expect(userSessions.signOutEverywhere(operator, id('ghost'))).rejects.toMatchObject({ code: 'notFound' });
    expect(fixture.told).toHaveLength(1);
  });

  it('that are disabled get no link', async () => {
    await users.update(operator, 'bob', 1, written({ userName: 'bob', brandId: 'blue', isEnabled: false }));
    const link = fixture.administration.userSessions.createSignInLink(operator, id('bob'), 'x');
    await expect(link).rejects.toMatchObject({ code: 'accountDisabled' });
  });

  it('can be found by brand', async () => {
    const { items } = await users.list(operator, { limit: 100, brandId: 'blue' as BrandId });
    expect(items.map(({ userName }) => userName)).toEqual(['bob']);
  });
});
