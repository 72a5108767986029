import { SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EmbedKeyId, GroupId, UserId } from '../../../shared/domain/index.ts';
import { accessTokenSchema, signInRequestSchema } from '../../../shared/protocol/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { accessTtlMs, makeEmbedKey, makeSigningKey, openDoors } from '../testing/openDoors.ts';

const embedKey = 'pk_shop-1234';
const shop = 'https://shop.example';
const own = 'https://phone.example.com';

describe('guests, who come without an account', () => {
  let clock: FakeClock;
  let doors: Awaited<ReturnType<typeof openDoors>>;
  beforeEach(async () => {
    clock = new FakeClock();
    doors = await openDoors({ clock });
    const key = makeEmbedKey({ id: embedKey, origins: [shop, 'https://*.acme.example', 'http://127.0.0.1:8080'] });
    await doors.store.embedKeys.put({ ...key, brandId: 'acme' as never, visitorName: 'Somebody at Acme' });
    await doors.store.embedKeys.put(makeEmbedKey({ id: 'pk_other-123', origins: ['https://other.example'] }));
    await doors.store.signingKeys.put(makeSigningKey({ id: 'crm', origins: ['https://crm.example'] }));
    await Promise.all([doors.embedKeys.reload(), doors.signingKeys.reload()]);
  });
  afterEach(() => {
    doors.close();
    expect(clock.pendingTimers).toBe(0);
  });

  const from = (origin: string | null, address = '192.0.2.1') => ({
    address,
    origin: own,
    page: { origin, isOwn: origin === own },
  });
  const code = (work: Promise<unknown>) =>
    work.then(
      () => 'in',
      (error) => error.code,
    );

  describe('by an embed key', () => {
    const visit = (origin: string | null, more: object = {}) =>
      doors.sessions.signIn({ embedKey, ...more }, from(origin));

    it('come as visitors under the key’s brand, with no cookie and nothing but the call', async () => {
      const { grant, refresh } = await visit(shop);
      expect(refresh).toBeNull();
      expect(grant).toMatchObject({
        user: { role: 'visitor', userName: 'visitor', displayName: 'Somebody at Acme' },
        brand: { id: 'acme', features: { contacts: false, history: false, keypad: true }, callerNumbers: [] },
        expiresAtMs: clock.now() + accessTtlMs,
      });
      expect(await doors.accessTokens.verify(grant.accessToken)).toMatchObject({
        brandId: 'acme',
        entry: { kind: 'embedKey', embedKeyId: embedKey, origin: shop, isFramed: false },
      });
    });

    it.each([
      ['a page of the key', shop, 'in'],
      ['a page below a wildcard', 'https://www.acme.example', 'in'],
      ['a page on a port of the key', 'http://127.0.0.1:8080', 'in'],
      ['no page', null, 'originNotAllowed'],
      ['a sandboxed page', 'null', 'originNotAllowed'],
      ['a look-alike in front', 'https://evil-shop.example', 'originNotAllowed'],
      ['a look-alike behind', 'https://shop.example.evil.org', 'originNotAllowed'],
      ['another scheme', 'http://shop.example', 'originNotAllowed'],
      ['another port', 'https://shop.example:8443', 'originNotAllowed'],
      ['the host above a wildcard', 'https://acme.example', 'originNotAllowed'],
      ['a look-alike of a wildcard', 'https://evilacme.example', 'originNotAllowed'],
      ['a page of another key', 'https://other.example', 'originNotAllowed'],
      ['a page of our own', own, 'originNotAllowed'],
    ])('from %s (%s): %s', async (_, origin, outcome) => {
      expect(await code(visit(origin))).toBe(outcome);
    });

    it('are refused for a key that is not there or is switched off', async () => {
      expect(await code(visit(shop, { embedKey: 'pk_unknown-1' }))).toBe('embedKeyInvalid');
      expect(await code(visit(shop, { embedKey: '__proto__' }))).toBe('embedKeyInvalid');
      const key = doors.embedKeys.get(embedKey as EmbedKeyId);
      if (key) await doors.store.embedKeys.put({ ...key, isEnabled: false });
      await clock.advanceAsync(500);
      expect(await code(visit(shop))).toBe('embedKeyInvalid');
    });

    it('are the same person again by their own id under one key, and somebody new without', async () => {
      const idOf = async (more: object) => (await visit(shop, more)).grant.user.id;
      const first = await idOf({ visitorId: 'visitor-1' });
      expect(await idOf({ visitorId: 'visitor-1' })).toBe(first);
      expect(await idOf({ visitorId: 'visitor-2' })).not.toBe(first);
      expect(await idOf({})).not.toBe(await idOf({}));
      const other = { embedKey: 'pk_other-123', visitorId: 'visitor-1' };
      const elsewhere = await doors.sessions.signIn(other, from('https://other.example'));
      expect(elsewhere.grant.user.id).not.toBe(first);
      expect(first).toMatch(/^visitor:/);
    });

    it('are bounded per address, whether they are let in or not', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 61 }, (_, turn) => code(visit(turn % 2 === 0 ? shop : 'https://evil.example'))),
      );
      expect(outcomes.filter((outcome) => outcome === 'tooManyAttempts')).toHaveLength(1);
      await expect(visit(shop)).rejects.toMatchObject({ code: 'tooManyAttempts', retryAfterMs: 2000 });
      const { sessions } = doors;
      expect(await code(sessions.signIn({ embedKey }, from(shop, '192.0.2.2')))).toBe('in');
      clock.advance(2000);
      expect(await code(visit(shop))).toBe('in');
    });

    describe('in a frame of ours', () => {
      it('show by a ticket that only pages of the key may frame it, for five minutes', async () => {
        const frameTicket = await doors.frameTickets.issue(embedKey as EmbedKeyId);
        const { grant } = await visit(own, { frameTicket });
        const { entry } = await doors.accessTokens.verify(grant.accessToken);
        expect(entry).toMatchObject({ origin: own, isFramed: true });
        await clock.advanceAsync(299_999);
        expect(await code(visit(own, { frameTicket }))).toBe('in');
        clock.advance(1);
        expect(await code(visit(own, { frameTicket }))).toBe('originNotAllowed');
      });

      it('have the ticket of this key and no other token, and are on our page', async () => {
        const frameTicket = await doors.frameTickets.issue(embedKey as EmbedKeyId);
        const ofOther = await doors.frameTickets.issue('pk_other-123' as EmbedKeyId);
        const { accessToken } = (await visit(shop)).grant;
        for (const bad of [ofOther, accessToken, 'junk', ''])
          expect(await code(visit(own, { frameTicket: bad }))).toBe('originNotAllowed');
        expect(await code(visit('https://evil.example', { frameTicket }))).toBe('originNotAllowed');
        await expect(doors.accessTokens.verify(frameTicket)).rejects.toMatchObject({ code: 'unauthenticated' });
      });

      it('keep a ticket that was given out before the keys rotated', async () => {
        const frameTicket = await doors.frameTickets.issue(embedKey as EmbedKeyId);
        await doors.keyRing.rotate();
        await clock.advanceAsync(10_000);
        expect(await code(visit(own, { frameTicket }))).toBe('in');
      });
    });
  });

  describe('by a host application’s token', () => {
    const sign = (more: object = {}, lifeSeconds = 300) => {
      const seconds = Math.floor(clock.now() / 1000);
      return new SignJWT({ brand: 'default', name: 'Carol', ...more })
        .setProtectedHeader({ alg: 'HS256', kid: 'crm' })
        .setIssuer('https://crm.example')
        .setAudience('dialbridge')
        .setSubject('carol')
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + lifeSeconds)
        .sign(Buffer.from('a secret of more than 32 characters'));
    };
    const enter = async (hostToken: string, origin: string | null = null) =>
      doors.sessions.signIn({ hostToken }, from(origin));

    it('come as users with no cookie, no longer than the token lives', async () => {
      const { grant, refresh } = await enter(await sign());
      expect(refresh).toBeNull();
      expect(grant).toMatchObject({ user: { role: 'user' }, expiresAtMs: clock.now() + 300_000 });
      const lasting = await enter(await sign({}, 3600));
      expect(lasting.grant.expiresAtMs).toBe(clock.now() + accessTtlMs);
    });

    it.each([
      ['no page', null, 'in'],
      ['our own page', own, 'in'],
      ['a page of the key', 'https://crm.example', 'in'],
      ['a page of an embed key', shop, 'originNotAllowed'],
      ['a sandboxed page', 'null', 'originNotAllowed'],
    ])('from %s: %s', async (_, origin, outcome) => {
      expect(await code(enter(await sign(), origin))).toBe(outcome);
    });

    it('are slowed down per address when their tokens are bad, and not when they are good', async () => {
      for (let turn = 0; turn < 40; turn += 1) expect(await code(enter(await sign()))).toBe('in');
      for (let turn = 0; turn < 31; turn += 1) expect(await code(enter('not a token of anybody'))).toBe('tokenInvalid');
      await expect(enter(await sign())).rejects.toMatchObject({ code: 'tooManyAttempts', retryAfterMs: 1000 });
      clock.advance(1000);
      expect(await code(enter(await sign()))).toBe('in');
    });

    it('are not let in again by a token of before they were signed out everywhere, as long as it could live', async () => {
      await doors.store.signingKeys.put(makeSigningKey({ id: 'crm', maxLifetimeMs: 86_400_000 }));
      await doors.signingKeys.reload();
      const old = await sign({}, 86_400);
      const { user } = (await enter(old)).grant;
      clock.advance(1000);
      await doors.sessions.signOutEverywhere(user.id);
      expect(await code(enter(old))).toBe('signedOutEverywhere');
      clock.advance(86_000_000);
      // Others’ sign-outs sweep what is old.
      await doors.sessions.signOutEverywhere('u2' as UserId);
      expect(await code(enter(old))).toBe('signedOutEverywhere');
      expect(await code(enter(await sign()))).toBe('in');
    });

    it('may be granted as much as a token can say, and get an access token that is taken everywhere', async () => {
      const groups = Array.from({ length: 100 }, (_, index) => `agents-of-${index}`);
      await doors.store.signingKeys.put(makeSigningKey({ id: 'crm', groups: groups as GroupId[] }));
      await doors.signingKeys.reload();
      const numbers = Array.from({ length: 100 }, (_, index) => `+49301234567${index}`);
      const hostToken = await sign({
        name: 'ä'.repeat(200),
        grants: { groups, destinations: numbers, callerNumbers: numbers },
      });
      expect(hostToken.length).toBeGreaterThan(7000);
      expect(signInRequestSchema.safeParse({ hostToken }).success).toBe(true);
      const { accessToken } = (await enter(hostToken)).grant;
      expect(accessToken.length).toBeGreaterThan(hostToken.length);
      expect(accessTokenSchema.safeParse(accessToken).success).toBe(true);
    });

    it('can sign out of what they have', async () => {
      const { accessToken } = (await enter(await sign())).grant;
      const access = await doors.accessTokens.verify(accessToken);
      await doors.sessions.signOutGuest(access);
      await expect(doors.accessTokens.verify(accessToken)).rejects.toMatchObject({ code: 'sessionExpired' });
    });
  });
});
