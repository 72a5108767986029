import { randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BrandId } from '../../../shared/domain/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { CountingCollection } from '../testing/CountingCollection.ts';
import { PasswordHasher } from './PasswordHasher.ts';
import { type User, userSeedSchema } from './User.ts';
import type { UserNameClaim } from './UserNameClaim.ts';
import { Users } from './Users.ts';

const brandId = 'default' as BrandId;
const alice = userSeedSchema.parse({ userName: 'Alice', password: 'a long password', displayName: 'Alice A.' });

describe('Users', () => {
  let hasher: PasswordHasher;
  let stored: CountingCollection<User>;
  let names: CountingCollection<UserNameClaim>;
  let users: Users;
  let clock: FakeClock;

  beforeAll(async () => {
    hasher = await PasswordHasher.create();
  });
  beforeEach(() => {
    stored = new CountingCollection();
    names = new CountingCollection();
    clock = new FakeClock();
    users = new Users({
      users: stored,
      userNames: names,
      hasher,
      revocations: { endUser: async () => undefined },
      clock,
      newId: randomUUID,
      randomBytes,
    });
  });

  it('finds a user by name without regard to case and without reading all users', async () => {
    const added = await users.add(alice);
    expect(await users.findByName(' aLICE ')).toEqual(added);
    expect(await users.findByName('ＡＬＩＣＥ')).toEqual(added);
    expect(await users.findByName('bob')).toBeUndefined();
    expect(await users.findByName('  ')).toBeUndefined();
    expect(stored.reads.list + names.reads.list).toBe(0);
  });

  it('lets the right password in and nothing else', async () => {
    const added = await users.add(alice);
    expect(await users.authenticate('ALICE', 'a long password', brandId)).toEqual(added);
    expect(await users.authenticate('alice', 'a long passwore', brandId)).toBeUndefined();
    expect(await users.authenticate('nobody', 'a long password', brandId)).toBeUndefined();
  });

  it('keeps names unique, also when two come at once', async () => {
    const outcomes = await Promise.allSettled([users.add(alice), users.add({ ...alice, userName: 'ALICE' })]);
    expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await stored.list()).toHaveLength(1);
    await expect(users.add(alice)).rejects.toMatchObject({ code: 'nameTaken', details: { name: 'Alice' } });
  });

  it('seeds by name and never overwrites', async () => {
    expect(await users.seed([alice])).toHaveLength(1);
    expect(await users.seed([{ ...alice, userName: 'ALICE', password: 'another password', role: 'operator' }])).toEqual(
      [],
    );
    expect(await users.authenticate('alice', 'a long password', brandId)).toMatchObject({
      role: 'user',
      displayName: 'Alice A.',
    });
  });

  it('takes over a name whose user was never written because the bridge died', async () => {
    await names.put({ id: 'alice', userId: 'lost' as User['id'], claimedAtMs: clock.now() - 1 });
    const added = await users.add(alice);
    expect(await users.findByName('alice')).toEqual(added);
  });

  it('keeps no password, and makes a new hash at sign-in where the parameters are old', async () => {
    const added = await users.add(alice);
    expect(JSON.stringify(await stored.list())).not.toContain('a long password');
    const { hash } = await import('@node-rs/argon2');
    const weak = await hash('a long password', { memoryCost: 4096, timeCost: 1 });
    await stored.put({ ...added, passwordHash: weak });
    expect(await users.authenticate('alice', 'a long password', brandId)).toBeDefined();
    expect((await stored.get(added.id))?.passwordHash).toContain('m=19456');
    expect(await users.authenticate('alice', 'a long password', brandId)).toBeDefined();
  });

  it('makes a first operator only where there is nobody, with a password that can be read out', async () => {
    const first = await users.createFirstOperator();
    expect(first?.password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    expect(await users.authenticate('operator', first?.password ?? '', brandId)).toMatchObject({ role: 'operator' });
    expect(await users.createFirstOperator()).toBeUndefined();
    expect(await stored.list()).toHaveLength(1);
  });
});
