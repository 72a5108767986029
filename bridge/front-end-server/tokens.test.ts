import { randomBytes, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BrandId, UserId } from '../../shared/domain/index.ts';
import { FakeClock } from '../observability/FakeClock.ts';
import { MemoryCollection } from '../storage/memory/index.ts';
import { AccessTokens, type EndedFamily } from './AccessTokens.ts';
import type { RefreshSession } from './RefreshSession.ts';
import { RefreshSessions } from './RefreshSessions.ts';
import { type SignInLink, SignInLinks } from './SignInLinks.ts';

const secret = new Uint8Array(32).fill(7);
const userId = 'u1' as UserId;
const brandId = 'default' as BrandId;
const claims = {
  user: { id: userId, userName: 'alice', displayName: 'Alice', role: 'user' as const },
  brandId,
  familyId: 'f1',
};

describe('AccessTokens', () => {
  const clock = new FakeClock();
  const tokens = new AccessTokens({
    endedFamilies: new MemoryCollection(),
    secret,
    ttlMs: 60_000,
    clock,
    newId: randomUUID,
  });

  it('proves who somebody is until it runs out', async () => {
    const { accessToken, expiresAtMs } = await tokens.issue(claims);
    expect(expiresAtMs).toBe(clock.now() + 60_000);
    expect(await tokens.verify(accessToken)).toEqual({ ...claims, entry: { kind: 'account' }, expiresAtMs });
    clock.advance(60_000);
    await expect(tokens.verify(accessToken)).rejects.toMatchObject({ code: 'sessionExpired' });
  });

  it('refuses junk, another secret, another audience, another type, no signature and a changed body', async () => {
    const { accessToken } = await tokens.issue(claims);
    const [head = '', body = '', signature = ''] = accessToken.split('.');
    const other = new AccessTokens({
      endedFamilies: new MemoryCollection(),
      secret: new Uint8Array(32).fill(8),
      ttlMs: 60_000,
      clock,
      newId: randomUUID,
    });
    const sign = (typ: string, audience: string) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'HS256', typ })
        .setIssuer('dialbridge')
        .setAudience(audience)
        .setSubject(userId)
        .setJti('j')
        .setExpirationTime(clock.now() / 1000 + 60)
        .sign(secret);
    const changed = Buffer.from(body, 'base64url').toString().replace('"role":"user"', '"role":"operator"');
    const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
    await expect(tokens.verify(await sign('at+jwt', 'dialbridge-client'))).resolves.toMatchObject(claims);
    for (const bad of [
      'junk',
      '',
      (await other.issue(claims)).accessToken,
      await sign('at+jwt', 'somebody-else'),
      await sign('JWT', 'dialbridge-client'),
      `${none}.${body}.`,
      `${head}.${Buffer.from(changed).toString('base64url')}.${signature}`,
    ]) {
      await expect(tokens.verify(bad)).rejects.toMatchObject({ code: 'unauthenticated' });
    }
  });

  it('refuses the tokens of a sign-in that has ended, and forgets it when they have run out', async () => {
    const endedFamilies = new MemoryCollection<EndedFamily>();
    const own = new AccessTokens({ endedFamilies, secret, ttlMs: 60_000, clock, newId: randomUUID });
    const [ended, other] = [await own.issue(claims), await own.issue({ ...claims, familyId: 'f2' })];
    await own.endFamily('f1');
    await expect(own.verify(ended.accessToken)).rejects.toMatchObject({ code: 'sessionExpired' });
    await expect(own.verify(other.accessToken)).resolves.toMatchObject({ familyId: 'f2' });
    clock.advance(61_001);
    await own.endFamily('f3');
    expect((await endedFamilies.list()).map(({ id }) => id)).toEqual(['f3']);
  });

  it('wants a secret of 32 bytes', () => {
    const short = {
      endedFamilies: new MemoryCollection<EndedFamily>(),
      secret: new Uint8Array(31),
      ttlMs: 1,
      clock,
      newId: randomUUID,
    };
    expect(() => new AccessTokens(short)).toThrow(RangeError);
  });
});

describe('RefreshSessions', () => {
  let clock: FakeClock;
  let stored: MemoryCollection<RefreshSession>;
  let sessions: RefreshSessions;
  beforeEach(() => {
    clock = new FakeClock();
    stored = new MemoryCollection();
    sessions = new RefreshSessions({
      sessions: stored,
      clock,
      newId: randomUUID,
      randomBytes,
      ttlMs: 3_600_000,
      graceMs: 10_000,
    });
  });
  const expired = { code: 'sessionExpired' };

  it('goes on as long as each token is followed by the next, and keeps no token', async () => {
    let grant = await sessions.start(userId, brandId);
    for (let turn = 0; turn < 5; turn += 1) {
      clock.advance(3_000_000);
      const next = await sessions.rotate(grant.refreshToken);
      expect(next).toMatchObject({ familyId: grant.familyId, userId, brandId, expiresAtMs: clock.now() + 3_600_000 });
      expect(next.refreshToken).not.toBe(grant.refreshToken);
      grant = next;
    }
    expect(JSON.stringify(await stored.list())).not.toContain(grant.refreshToken.split('.')[1]);
  });

  it('ends the family when a used token comes again after its grace', async () => {
    const first = await sessions.start(userId, brandId);
    const second = await sessions.rotate(first.refreshToken);
    clock.advance(10_000);
    await expect(sessions.rotate(first.refreshToken)).rejects.toMatchObject(expired);
    await expect(sessions.rotate(second.refreshToken)).rejects.toMatchObject(expired);
    expect(await stored.list()).toHaveLength(0);
  });

  it('ends the family at once when a token from before the last comes', async () => {
    const first = await sessions.start(userId, brandId);
    const second = await sessions.rotate(first.refreshToken);
    const third = await sessions.rotate(second.refreshToken);
    await expect(sessions.rotate(first.refreshToken)).rejects.toMatchObject(expired);
    await expect(sessions.rotate(third.refreshToken)).rejects.toMatchObject(expired);
  });

  it('lets two tabs refresh at the same moment, whichever answer the cookie ends up with', async () => {
    for (const keeps of [0, 1] as const) {
      const first = await sessions.start(userId, brandId);
      const both = await Promise.all([sessions.rotate(first.refreshToken), sessions.rotate(first.refreshToken)]);
      clock.advance(600_000);
      const next = await sessions.rotate(both[keeps].refreshToken);
      clock.advance(600_000);
      await expect(sessions.rotate(next.refreshToken)).resolves.toMatchObject({ userId });
    }
  });

  it('does not grow when a token comes again and again within its grace', async () => {
    const first = await sessions.start(userId, brandId);
    for (let turn = 0; turn < 50; turn += 1) await sessions.rotate(first.refreshToken);
    expect((await stored.get(first.familyId))?.current).toHaveLength(8);
  });

  it('runs out when it is not used', async () => {
    const first = await sessions.start(userId, brandId);
    clock.advance(3_600_000);
    await expect(sessions.rotate(first.refreshToken)).rejects.toMatchObject(expired);
  });

  it('ends by sign-out, but not by a made-up token', async () => {
    const first = await sessions.start(userId, brandId);
    expect(await sessions.end(`${first.familyId}.guess`)).toBeUndefined();
    expect(await sessions.end(first.refreshToken)).toBe(first.familyId);
    expect(await sessions.end(first.refreshToken)).toBeUndefined();
    await expect(sessions.rotate(first.refreshToken)).rejects.toMatchObject(expired);
  });

  it.each(['', '.', 'a', 'a.', '.b', 'a.b.c', `a.${'b'.repeat(300)}`, '__proto__.x'])('refuses %j', async (token) => {
    await expect(sessions.rotate(token)).rejects.toMatchObject(expired);
  });

  it('sweeps what ran out and nothing else', async () => {
    await sessions.start(userId, brandId);
    clock.advance(3_000_000);
    const young = await sessions.start(userId, brandId);
    clock.advance(1_000_000);
    expect(await sessions.removeExpired()).toBe(1);
    expect((await stored.list()).map((entity) => entity.id)).toEqual([young.familyId]);
  });
});

describe('SignInLinks', () => {
  let clock: FakeClock;
  let stored: MemoryCollection<SignInLink>;
  let links: SignInLinks;
  beforeEach(() => {
    clock = new FakeClock();
    stored = new MemoryCollection();
    links = new SignInLinks({ links: stored, clock, randomBytes, ttlMs: 1000 });
  });
  const used = { code: 'signInLinkUsed' };

  it('works once, also when it is opened twice at the same moment', async () => {
    const token = await links.create(userId);
    expect((await stored.list()).map((entity) => entity.id)).not.toContain(token);
    const outcomes = await Promise.allSettled([links.redeem(token), links.redeem(token)]);
    expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(links.redeem(token)).rejects.toMatchObject(used);
  });

  it('does not work when it ran out or never was, and is swept', async () => {
    const token = await links.create(userId);
    await links.create(userId);
    clock.advance(1000);
    await expect(links.redeem(token)).rejects.toMatchObject(used);
    await expect(links.redeem('never')).rejects.toMatchObject(used);
    expect(await links.removeExpired()).toBe(1);
    expect(await stored.list()).toHaveLength(0);
  });
});
