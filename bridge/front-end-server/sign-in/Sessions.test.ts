import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BrandId } from '../../../shared/domain/index.ts';
import { sessionGrantSchema } from '../../../shared/protocol/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { type User, userSeedSchema } from '../accounts/User.ts';
import { openDoors } from '../testing/openDoors.ts';
import type { StartedSession } from './Sessions.ts';

const visitor = {
  address: '192.0.2.1',
  origin: 'http://[::1]:8080',
  page: { origin: 'http://[::1]:8080', isOwn: true },
};
const right = { userName: 'alice', password: 'a long password' };
const wrong = { userName: 'alice', password: 'a wrong password' };

describe('Sessions', () => {
  let clock: FakeClock;
  let logger: RecordingLogger;
  let doors: Awaited<ReturnType<typeof openDoors>>;
  let sessions: typeof doors.sessions;
  let alice: User;

  beforeEach(async () => {
    clock = new FakeClock();
    logger = new RecordingLogger();
    doors = await openDoors({ clock, logger });
    ({ sessions } = doors);
    alice = await doors.users.add(userSeedSchema.parse(right));
  });
  afterEach(() => {
    doors.close();
    expect(clock.pendingTimers).toBe(0);
  });

  it('grants a token, the brand and the call server where the person already is', async () => {
    const { grant, refresh } = await sessions.signIn(right, visitor);
    expect(sessionGrantSchema.parse(grant)).toMatchObject({
      user: { userName: 'alice', role: 'user' },
      brand: { name: 'Dialbridge' },
      callServer: { id: 'main', url: 'http://[::1]:8080' },
      expiresAtMs: clock.now() + 600_000,
    });
    expect(await doors.accessTokens.verify(grant.accessToken)).toMatchObject({
      user: { id: alice.id },
      brandId: 'default',
    });
    expect(JSON.stringify(grant)).not.toContain('argon2');
    expect(JSON.stringify(grant)).not.toContain(refresh?.token);
  });

  it('answers the same for an unknown user and a wrong password', async () => {
    const messages = await Promise.all(
      [wrong, { userName: 'nobody', password: 'x' }].map((request) => sessions.signIn(request, visitor).catch(String)),
    );
    expect(new Set(messages).size).toBe(1);
    expect(messages[0]).toContain('user name or the password');
  });

  it('slows down guessing at an account, from whatever address, and lets its owner in soon', async () => {
    const guess = (turn: number) => sessions.signIn(wrong, { ...visitor, address: `198.51.100.${turn}` });
    for (let turn = 0; turn < 6; turn += 1)
      await expect(guess(turn)).rejects.toMatchObject({ code: 'wrongCredentials' });
    await expect(guess(7)).rejects.toMatchObject({ code: 'tooManyAttempts', retryAfterMs: 1000 });
    await expect(sessions.signIn(right, visitor)).rejects.toMatchObject({ code: 'tooManyAttempts' });
    clock.advance(1000);
    await expect(sessions.signIn(right, visitor)).resolves.toBeDefined();
    await expect(guess(8)).rejects.toMatchObject({ code: 'wrongCredentials' });
  });

  it('slows down guesses made all at once', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => sessions.signIn(wrong, visitor)));
    const codes = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'in'));
    expect(codes.filter((code) => code === 'wrongCredentials')).toHaveLength(6);
    expect(codes.filter((code) => code === 'tooManyAttempts')).toHaveLength(14);
  });

  it('slows down an address that tries many accounts or links', async () => {
    const from = { ...visitor, address: '2001:db8::1' };
    for (let turn = 0; turn < 31; turn += 1) {
      const guess = sessions.signIn({ signInToken: `a token that nobody has ${turn}` }, from);
      await expect(guess).rejects.toMatchObject({ code: 'signInLinkUsed' });
    }
    await expect(sessions.signIn(right, { ...visitor, address: '2001:db8::2' })).rejects.toMatchObject({
      code: 'tooManyAttempts',
    });
    await expect(sessions.signIn(right, visitor)).resolves.toBeDefined();
  });

  it('signs in by a link, once', async () => {
    const signInToken = await doors.signInLinks.create(alice.id);
    expect((await sessions.signIn({ signInToken }, visitor)).grant.user.userName).toBe('alice');
    await expect(sessions.signIn({ signInToken }, visitor)).rejects.toMatchObject({ code: 'signInLinkUsed' });
  });

  it('opens no link of before somebody was signed out everywhere or got another password; one of after is good', async () => {
    const beforeEnd = await doors.signInLinks.create(alice.id);
    await sessions.signOutEverywhere(alice.id);
    const beforePassword = await doors.signInLinks.create(alice.id);
    await doors.users.setPassword(alice.id, 'another long password');
    for (const signInToken of [beforeEnd, beforePassword])
      await expect(sessions.signIn({ signInToken }, visitor)).rejects.toMatchObject({ code: 'signInLinkUsed' });
    const signInToken = await doors.signInLinks.create(alice.id);
    await expect(sessions.signIn({ signInToken }, visitor)).resolves.toBeDefined();
  });

  it('continues with what is true of the user now, and stops for a user who is gone', async () => {
    const first = await sessions.signIn(right, visitor);
    await doors.store.users.put({ ...alice, role: 'operator' });
    const next = await sessions.refresh(cookieOf(first), visitor);
    expect(next.grant.user.role).toBe('operator');
    await doors.store.users.delete(alice.id);
    await expect(sessions.refresh(cookieOf(next), visitor)).rejects.toMatchObject({ code: 'sessionExpired' });
  });

  it('uses up no refresh token and no sign-in link while no call server takes sessions', async () => {
    const { callServers } = doors.store;
    const cookie = cookieOf(await sessions.signIn(right, visitor));
    const entry = await callServers.get('main');
    await callServers.delete('main');
    await expect(sessions.refresh(cookie, visitor)).rejects.toMatchObject({ code: 'goingAway' });
    const link = { signInToken: await doors.signInLinks.create(alice.id) };
    await expect(sessions.signIn(link, visitor)).rejects.toMatchObject({ code: 'goingAway' });
    if (entry) await callServers.put(entry);
    await expect(sessions.signIn(link, visitor)).resolves.toBeDefined();
    clock.advance(600_000);
    await expect(sessions.refresh(cookie, visitor)).resolves.toBeDefined();
  });

  it('ends by sign-out, and forgives a token that is not good', async () => {
    const session = await sessions.signIn(right, visitor);
    const { accessToken } = session.grant;
    await sessions.signOut('junk');
    await sessions.signOut('unknown.token');
    await expect(doors.accessTokens.verify(accessToken)).resolves.toBeDefined();
    await sessions.signOut(cookieOf(session));
    await expect(doors.accessTokens.verify(accessToken)).rejects.toMatchObject({ code: 'sessionExpired' });
    await expect(sessions.refresh(cookieOf(session), visitor)).rejects.toMatchObject({ code: 'sessionExpired' });
  });

  it('ends also what was opened by a copied cookie, when it is found out, and no other sign-in', async () => {
    const [first, other] = [await sessions.signIn(right, visitor), await sessions.signIn(right, visitor)];
    const thief = await sessions.refresh(cookieOf(first), visitor);
    await sessions.refresh(cookieOf(thief), visitor);
    await expect(doors.accessTokens.verify(thief.grant.accessToken)).resolves.toBeDefined();
    await expect(sessions.refresh(cookieOf(first), visitor)).rejects.toMatchObject({ code: 'sessionExpired' });
    for (const { grant } of [first, thief])
      await expect(doors.accessTokens.verify(grant.accessToken)).rejects.toMatchObject({ code: 'sessionExpired' });
    await expect(doors.accessTokens.verify(other.grant.accessToken)).resolves.toBeDefined();
    await expect(sessions.refresh(cookieOf(other), visitor)).resolves.toBeDefined();
  });

  it('ends everywhere: every token and every cookie of the user, and nobody else’s; a new sign-in is good at once', async () => {
    const bob = { userName: 'bob', password: 'bob’s long password' };
    await doors.users.add(userSeedSchema.parse(bob));
    const [here, there, bobs] = await Promise.all([right, right, bob].map((who) => sessions.signIn(who, visitor)));
    clock.advance(1);
    await sessions.signOutEverywhere(alice.id);
    clock.advance(1);
    const back = await sessions.signIn(right, visitor);
    for (const session of [here, there]) {
      const { accessToken } = session?.grant ?? { accessToken: '' };
      await expect(doors.accessTokens.verify(accessToken)).rejects.toMatchObject({ code: 'signedOutEverywhere' });
      await expect(sessions.refresh(cookieOf(session), visitor)).rejects.toMatchObject({ code: 'sessionExpired' });
    }
    for (const session of [bobs, back]) {
      await expect(doors.accessTokens.verify(session?.grant.accessToken ?? '')).resolves.toBeDefined();
      await expect(sessions.refresh(cookieOf(session), visitor)).resolves.toBeDefined();
    }
  });

  it('gives no good token to a renewal that began before the end', async () => {
    const session = await sessions.signIn(right, visitor);
    clock.advance(1000);
    // The renewal has its cookie changed, and then the person is signed out before its token is made.
    let signOut: Promise<void> | undefined;
    const get = doors.users.get.bind(doors.users);
    doors.users.get = async (id) => {
      clock.advance(5);
      signOut ??= sessions.signOutEverywhere(alice.id);
      await signOut;
      clock.advance(5);
      return get(id);
    };
    const late = await sessions.refresh(cookieOf(session), visitor);
    await expect(doors.accessTokens.verify(late.grant.accessToken)).rejects.toMatchObject({
      code: 'signedOutEverywhere',
    });
    await expect(sessions.refresh(cookieOf(late), visitor)).rejects.toMatchObject({ code: 'sessionExpired' });
  });

  describe('of a user of one brand', () => {
    const atAcme = { ...visitor, origin: 'https://phone.acme.example' };
    beforeEach(async () => {
      await doors.store.users.put({ ...alice, brandId: 'acme' as BrandId });
    });

    it('begins at its host names alone; elsewhere the answer is that of a wrong password, and counts as one', async () => {
      await expect(sessions.signIn(right, atAcme)).resolves.toMatchObject({ grant: { brand: { id: 'acme' } } });
      for (let turn = 0; turn < 6; turn += 1)
        await expect(sessions.signIn(right, visitor)).rejects.toMatchObject({ code: 'wrongCredentials' });
      await expect(sessions.signIn(right, visitor)).rejects.toMatchObject({ code: 'tooManyAttempts' });
    });

    it('does not use up a link that is opened at the wrong door', async () => {
      const link = { signInToken: await doors.signInLinks.create(alice.id) };
      await expect(sessions.signIn(link, visitor)).rejects.toMatchObject({ code: 'signInLinkUsed' });
      await expect(sessions.signIn(link, atAcme)).resolves.toMatchObject({ grant: { brand: { id: 'acme' } } });
    });

    it('is not continued under a brand that is not theirs any more', async () => {
      const session = await sessions.signIn(right, atAcme);
      await doors.store.users.put({ ...alice, brandId: 'default' as BrandId });
      await expect(sessions.refresh(cookieOf(session), atAcme)).rejects.toMatchObject({ code: 'sessionExpired' });
    });
  });

  it('says that an account is switched off only to who knows its password, and ends what it has', async () => {
    const session = await sessions.signIn(right, visitor);
    const link = { signInToken: await doors.signInLinks.create(alice.id) };
    await doors.store.users.put({ ...alice, isEnabled: false });
    await expect(sessions.signIn(wrong, visitor)).rejects.toMatchObject({ code: 'wrongCredentials' });
    await expect(sessions.signIn(right, visitor)).rejects.toMatchObject({ code: 'accountDisabled' });
    await expect(sessions.signIn(link, visitor)).rejects.toMatchObject({ code: 'accountDisabled' });
    await expect(sessions.refresh(cookieOf(session), visitor)).rejects.toMatchObject({ code: 'accountDisabled' });
    expect(await doors.store.refreshSessions.list()).toEqual([]);
  });

  it('writes no password, token or secret to the log', async () => {
    const session = await sessions.signIn(right, visitor);
    const log = JSON.stringify(logger.lines);
    expect(log).toContain('Signed in');
    expect(log).not.toContain(cookieOf(session).split('.')[1]);
    expect(log).not.toContain(right.password);
  });
});

function cookieOf(session: StartedSession | undefined): string {
  return session?.refresh?.token ?? 'none';
}
