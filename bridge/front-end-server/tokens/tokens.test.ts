import { randomBytes, randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BrandId, UserId } from '../../../shared/domain/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { MemoryCollection } from '../../storage/memory/index.ts';
import { type SignInLink, SignInLinks } from '../sign-in/SignInLinks.ts';
import type { RefreshSession } from './RefreshSession.ts';
import { RefreshSessions } from './RefreshSessions.ts';

const userId = 'u1' as UserId;
const brandId = 'default' as BrandId;

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
