import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmbedKeyId, embedKeyIdSchema } from '../../../shared/domain/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import type { SigningKey } from '../keys/SigningKey.ts';
import { accessTtlMs, makeEmbedKey, makeSigningKey, openDoors, SharedStore } from '../testing/openDoors.ts';
import type { VerifiedAccess } from './AccessTokens.ts';

const shopKey = embedKeyIdSchema.parse('pk_shop-1234');

describe('Revocations', () => {
  let clock: FakeClock;
  let logger: RecordingLogger;
  let store: SharedStore;
  let here: Awaited<ReturnType<typeof openDoors>>;
  let there: typeof here;
  let access: VerifiedAccess;
  beforeEach(async () => {
    clock = new FakeClock();
    logger = new RecordingLogger();
    store = new SharedStore();
    here = await openDoors({ clock, store, logger });
    there = await openDoors({ clock, store, logger });
    access = {
      user: { id: 'u1' as VerifiedAccess['user']['id'], userName: 'alice', displayName: 'Alice', role: 'user' },
      brandId: here.brands.defaultId,
      entry: { kind: 'account' },
      familyId: 'f1',
      issuedAtMs: clock.now(),
      expiresAtMs: clock.now() + accessTtlMs,
    };
  });
  afterEach(() => {
    here.close();
    there.close();
    expect(clock.pendingTimers).toBe(0);
  });
  const visitor = (): VerifiedAccess => ({
    ...access,
    entry: { kind: 'embedKey', embedKeyId: shopKey, origin: 'https://shop.example', isFramed: false },
  });

  it('refuse a token of an ended sign-in everywhere at once, and are known elsewhere within half a second', async () => {
    await here.revocations.endFamily('f1');
    await expect(there.revocations.check(access)).rejects.toMatchObject({ code: 'sessionExpired' });
    await expect(there.revocations.check({ ...access, familyId: 'f2' })).resolves.toBeUndefined();
    expect(here.revocations.look(access)).toMatchObject({ error: { code: 'sessionExpired' }, isFinal: true });
    await clock.advanceAsync(499);
    expect(there.revocations.look(access)).toBeUndefined();
    await clock.advanceAsync(1);
    expect(there.revocations.look(access)).toMatchObject({ error: { code: 'sessionExpired' }, isFinal: true });
  });

  it('tell whoever holds something open to look again, at once here and at each reading', async () => {
    let [heardHere, heardThere] = [0, 0];
    here.revocations.events.on('read', () => {
      heardHere += 1;
    });
    there.revocations.events.on('read', () => {
      heardThere += 1;
    });
    await here.revocations.endUser(access.user.id, 'signedOutEverywhere');
    expect([heardHere, heardThere]).toEqual([1, 0]);
    await clock.advanceAsync(500);
    expect([heardHere, heardThere]).toEqual([2, 1]);
  });

  it.each(['signedOutEverywhere', 'accountDisabled'] as const)(
    'end tokens of before a user’s %s and none after',
    async (reason) => {
      clock.advance(10);
      await here.revocations.endUser(access.user.id, reason);
      for (const issuedAtMs of [access.issuedAtMs, clock.now()]) {
        const old = { ...access, issuedAtMs };
        await expect(there.revocations.check(old)).rejects.toMatchObject({ code: reason });
        expect(here.revocations.look(old)).toMatchObject({ error: { code: reason }, isFinal: true });
      }
      await expect(there.revocations.check({ ...access, issuedAtMs: clock.now() + 1 })).resolves.toBeUndefined();
    },
  );

  it('have tokens renewed when rights changed, and do not forget that some before were signed out for good', async () => {
    await here.revocations.endUser(access.user.id, 'signedOutEverywhere');
    clock.advance(1000);
    const renewed = { ...access, issuedAtMs: clock.now() };
    clock.advance(1);
    await here.revocations.endUser(access.user.id, 'rightsChanged');
    expect(here.revocations.look(renewed)).toMatchObject({ error: { code: 'sessionExpired' }, isFinal: false });
    expect(here.revocations.look(access)).toMatchObject({ error: { code: 'signedOutEverywhere' }, isFinal: true });
    expect(here.revocations.look({ ...access, issuedAtMs: clock.now() + 1 })).toBeUndefined();
  });

  it('are forgotten when their tokens have run out by themselves, and not before', async () => {
    await here.revocations.endFamily('f1');
    await here.revocations.endUser(access.user.id, 'signedOutEverywhere');
    const forget = async () => {
      await here.revocations.endFamily('f2');
      await here.revocations.endUser('u2' as VerifiedAccess['user']['id'], 'signedOutEverywhere');
      return [await store.endedFamilies.list(), await store.endedUsers.list()].map((left) => left.map(({ id }) => id));
    };
    clock.advance(accessTtlMs + 1000);
    expect(await forget()).toEqual([
      ['f1', 'f2'],
      ['u1', 'u2'],
    ]);
    clock.advance(1);
    expect(await forget()).toEqual([['f2'], ['u2']]);
  });

  it('follow an embed key that is switched off, deleted, or no more for the page or the brand', async () => {
    const key = makeEmbedKey({ id: shopKey as EmbedKeyId });
    const lookAfter = async (change: (() => Promise<unknown>) | null) => {
      await change?.();
      await clock.advanceAsync(500);
      return here.revocations.look(visitor());
    };
    expect(await lookAfter(() => store.embedKeys.put(key))).toBeUndefined();
    const off = await lookAfter(() => store.embedKeys.put({ ...key, isEnabled: false }));
    expect(off).toMatchObject({ error: { code: 'embedKeyInvalid' }, isFinal: true });
    await expect(here.revocations.check(visitor())).rejects.toMatchObject({ code: 'embedKeyInvalid' });
    const elsewhere = await lookAfter(() => store.embedKeys.put({ ...key, origins: ['https://other.example'] }));
    expect(elsewhere).toMatchObject({ error: { code: 'originNotAllowed' }, isFinal: true });
    const other = await lookAfter(() => store.embedKeys.put(makeEmbedKey({ id: shopKey, brandId: 'acme' as never })));
    expect(other).toMatchObject({ error: { code: 'sessionExpired' }, isFinal: false });
    const gone = await lookAfter(() => store.embedKeys.delete(shopKey));
    expect(gone).toMatchObject({ error: { code: 'embedKeyInvalid' }, isFinal: true });
  });

  it('follow a signing key that is switched off, deleted, or may not give what it gave', async () => {
    const groups = ['sales', 'night'] as SigningKey['groups'];
    const key = makeSigningKey({ id: 'crm', groups });
    const entry = {
      kind: 'hostToken' as const,
      signingKeyId: key.id,
      groups: groups.slice(0, 1),
      destinations: null,
      callerNumbers: null,
    };
    const lookAfter = async (change: Promise<unknown>) => {
      await change;
      await clock.advanceAsync(500);
      return there.revocations.look({ ...access, entry });
    };
    const { signingKeys } = store;
    expect(await lookAfter(signingKeys.put(key))).toBeUndefined();
    expect(await lookAfter(signingKeys.put({ ...key, groups: groups.slice(0, 1) }))).toBeUndefined();
    const renewable = { error: { code: 'sessionExpired' }, isFinal: false };
    expect(await lookAfter(signingKeys.put({ ...key, groups: groups.slice(1) }))).toMatchObject(renewable);
    expect(await lookAfter(signingKeys.put({ ...key, brandId: 'acme' as never }))).toMatchObject(renewable);
    const over = { error: { code: 'tokenInvalid' }, isFinal: true };
    expect(await lookAfter(signingKeys.put({ ...key, isEnabled: false }))).toMatchObject(over);
    expect(await lookAfter(signingKeys.delete(key.id))).toMatchObject(over);
  });

  it('hold on to what they know while the store cannot be read, and say so once', async () => {
    await here.revocations.endFamily('f1');
    const list = store.endedFamilies.list.bind(store.endedFamilies);
    store.endedFamilies.list = () => Promise.reject(new Error('down'));
    await clock.advanceAsync(2000);
    expect(here.revocations.look(access)).toBeDefined();
    expect(logger.lines.filter(({ level }) => level === 'warn')).toHaveLength(2);
    store.endedFamilies.list = list;
    await clock.advanceAsync(500);
    expect(there.revocations.look(access)).toBeDefined();
  });
});
