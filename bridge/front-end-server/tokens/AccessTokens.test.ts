import { SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BrandId, UserId } from '../../../shared/domain/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { accessTtlMs, openDoors, SharedStore } from '../testing/openDoors.ts';

type Doors = Awaited<ReturnType<typeof openDoors>>;

const userId = 'u1' as UserId;
const claims = {
  user: { id: userId, userName: 'alice', displayName: 'Alice', role: 'user' as const },
  brandId: 'default' as BrandId,
  familyId: 'f1',
};

describe('AccessTokens', () => {
  let clock: FakeClock;
  let doors: Doors;
  beforeEach(async () => {
    clock = new FakeClock();
    doors = await openDoors({ clock });
  });
  afterEach(() => doors.close());
  const secretOf = (one: Doors) => Buffer.from(one.keyRing.current.secret, 'base64url');

  function sign({ typ = 'at+jwt', audience = 'dialbridge-client', kid }: Partial<Record<string, string>> = {}) {
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'HS256', typ, ...(kid !== undefined && { kid }) })
      .setIssuer('dialbridge')
      .setAudience(audience)
      .setSubject(userId)
      .setJti('j')
      .setIssuedAt(clock.now() / 1000)
      .setExpirationTime(clock.now() / 1000 + 60)
      .sign(secretOf(doors));
  }

  it('proves who somebody is until it runs out', async () => {
    const { accessToken, expiresAtMs } = await doors.accessTokens.issue(claims);
    expect(expiresAtMs).toBe(clock.now() + accessTtlMs);
    const access = { ...claims, entry: { kind: 'account' }, issuedAtMs: clock.now(), expiresAtMs };
    expect(await doors.accessTokens.verify(accessToken)).toEqual(access);
    clock.advance(accessTtlMs - 1);
    await expect(doors.accessTokens.verify(accessToken)).resolves.toBeDefined();
    clock.advance(1);
    await expect(doors.accessTokens.verify(accessToken)).rejects.toMatchObject({ code: 'sessionExpired' });
  });

  it('never outlives what it was made from', async () => {
    const notAfterMs = clock.now() + 30_500;
    const { expiresAtMs } = await doors.accessTokens.issue(claims, { notAfterMs });
    expect(expiresAtMs).toBe(clock.now() + 30_000);
  });

  it('refuses junk, another secret, audience and type, an unknown key, no signature and a changed body', async () => {
    const { accessToken } = await doors.accessTokens.issue(claims);
    const [head = '', body = '', signature = ''] = accessToken.split('.');
    const others = await openDoors({ clock });
    const changed = Buffer.from(body, 'base64url').toString().replace('"role":"user"', '"role":"operator"');
    const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
    for (const bad of [
      'junk',
      '',
      (await others.accessTokens.issue(claims)).accessToken,
      await sign({ audience: 'somebody-else' }),
      await sign({ typ: 'JWT' }),
      await sign({ kid: 'unknown' }),
      `${none}.${body}.`,
      `${head}.${Buffer.from(changed).toString('base64url')}.${signature}`,
    ]) {
      await expect(doors.accessTokens.verify(bad)).rejects.toMatchObject({ code: 'unauthenticated' });
    }
    others.close();
  });

  it('takes tokens of before there was a key ring, which name no key', async () => {
    await expect(doors.accessTokens.verify(await sign())).resolves.toMatchObject({
      ...claims,
      issuedAtMs: clock.now(),
    });
  });

  it('signs nobody out when the keys rotate, in this process or another', async () => {
    const store = new SharedStore();
    const [here, there] = [await openDoors({ clock, store }), await openDoors({ clock, store })];
    const before = await there.accessTokens.issue(claims);
    await here.keyRing.rotate();
    // Within the first seconds both still sign by the old key, and from then on by the new one, which both know.
    for (const waitMs of [0, 500, 1499, 1, 1000]) {
      await clock.advanceAsync(waitMs);
      for (const [from, to] of [
        [here, there],
        [there, here],
      ] as const) {
        const { accessToken } = await from.accessTokens.issue(claims);
        await expect(to.accessTokens.verify(accessToken)).resolves.toMatchObject({ familyId: 'f1' });
      }
      await expect(here.accessTokens.verify(before.accessToken)).resolves.toMatchObject({ familyId: 'f1' });
    }
    expect(here.keyRing.current.id).not.toBe('initial');
    expect(there.keyRing.current.id).toBe(here.keyRing.current.id);
    // The last token that the old key signed, at the last moment.
    expect(here.keyRing.list().map(({ state }) => state)).toEqual(['current', 'retiring']);
    here.close();
    there.close();
  });
});
