import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sessionGrantSchema } from '../../shared/protocol/index.ts';
import { FakeClock } from '../observability/FakeClock.ts';
import { RecordingLogger } from '../observability/RecordingLogger.ts';
import { MemoryCollection } from '../storage/memory/index.ts';
import { AccessTokens } from './AccessTokens.ts';
import type { Brands } from './branding/index.ts';
import { type CallServerEntry, callServerEntrySchema } from './CallServerEntry.ts';
import { LoadBalancer } from './LoadBalancer.ts';
import { PasswordHasher } from './PasswordHasher.ts';
import { RefreshSessions } from './RefreshSessions.ts';
import { Sessions } from './Sessions.ts';
import { SignInLinks } from './SignInLinks.ts';
import { openBrands } from './testing/openBrands.ts';
import { type User, userSeedSchema } from './User.ts';
import { Users } from './Users.ts';

const visitor = { address: '192.0.2.1', origin: 'http://[::1]:8080' };
const right = { userName: 'alice', password: 'a long password' };
const wrong = { userName: 'alice', password: 'a wrong password' };

describe('Sessions', () => {
  let hasher: PasswordHasher;
  let clock: FakeClock;
  let users: Users;
  let storedUsers: MemoryCollection<User>;
  let alice: User;
  let signInLinks: SignInLinks;
  let accessTokens: AccessTokens;
  let sessions: Sessions;
  let brands: Brands;
  let callServers: MemoryCollection<CallServerEntry>;
  const logger = new RecordingLogger();

  beforeAll(async () => {
    hasher = await PasswordHasher.create();
  });
  beforeEach(async () => {
    clock = new FakeClock();
    const secrets = { clock, newId: randomUUID, randomBytes };
    storedUsers = new MemoryCollection();
    users = new Users({ ...secrets, users: storedUsers, userNames: new MemoryCollection(), hasher });
    alice = await users.add(userSeedSchema.parse(right));
    signInLinks = new SignInLinks({ ...secrets, links: new MemoryCollection(), ttlMs: 1000 });
    accessTokens = new AccessTokens({
      endedFamilies: new MemoryCollection(),
      ...secrets,
      secret: randomBytes(32),
      ttlMs: 600_000,
    });
    callServers = new MemoryCollection();
    await callServers.put(
      callServerEntrySchema.parse({
        id: 'main',
        url: null,
        region: 'r',
        activeCalls: 0,
        capacity: null,
        isDraining: false,
        heartbeatAtMs: clock.now() + 3_600_000,
      }),
    );
    brands = await openBrands({ clock, logger });
    sessions = new Sessions({
      users,
      accessTokens,
      refreshSessions: new RefreshSessions({ ...secrets, sessions: new MemoryCollection(), ttlMs: 3_600_000 }),
      signInLinks,
      loadBalancer: new LoadBalancer({ callServers, clock }),
      brands,
      clock,
      logger,
    });
  });
  afterEach(() => {
    sessions.close();
    brands.close();
    expect(clock.pendingTimers).toBe(0);
  });

  it('grants a token, the brand and the call server where the person already is', async () => {
    const { grant, refreshToken } = await sessions.signIn(right, visitor);
    expect(sessionGrantSchema.parse(grant)).toMatchObject({
      user: { userName: 'alice', role: 'user' },
      brand: { name: 'Dialbridge' },
      callServer: { id: 'main', url: 'http://[::1]:8080' },
      expiresAtMs: clock.now() + 600_000,
    });
    expect(await accessTokens.verify(grant.accessToken)).toMatchObject({ user: { id: alice.id }, brandId: 'default' });
    expect(JSON.stringify(grant)).not.toContain('argon2');
    expect(JSON.stringify(grant)).not.toContain(refreshToken);
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
    const signInToken = await signInLinks.create(alice.id);
    expect((await sessions.signIn({ signInToken }, visitor)).grant.user.userName).toBe('alice');
    await expect(sessions.signIn({ signInToken }, visitor)).rejects.toMatchObject({ code: 'signInLinkUsed' });
  });

  it('continues with what is true of the user now, and stops for a user who is gone', async () => {
    const { refreshToken } = await sessions.signIn(right, visitor);
    await storedUsers.put({ ...alice, role: 'operator' });
    const next = await sessions.refresh(refreshToken, visitor);
    expect(next.grant.user.role).toBe('operator');
    await storedUsers.delete(alice.id);
    await expect(sessions.refresh(next.refreshToken, visitor)).rejects.toMatchObject({ code: 'sessionExpired' });
  });

  it('uses up no refresh token and no sign-in link while no call server takes sessions', async () => {
    const { refreshToken } = await sessions.signIn(right, visitor);
    const entry = await callServers.get('main');
    await callServers.delete('main');
    await expect(sessions.refresh(refreshToken, visitor)).rejects.toMatchObject({ code: 'goingAway' });
    const link = { signInToken: await signInLinks.create(alice.id) };
    await expect(sessions.signIn(link, visitor)).rejects.toMatchObject({ code: 'goingAway' });
    if (entry) await callServers.put(entry);
    await expect(sessions.signIn(link, visitor)).resolves.toBeDefined();
    clock.advance(600_000);
    await expect(sessions.refresh(refreshToken, visitor)).resolves.toBeDefined();
  });

  it('ends by sign-out, tells whose connections should go, and forgives a token that is not good', async () => {
    const ended: string[] = [];
    sessions.events.on('signedOut', ({ familyId }) => ended.push(familyId));
    const { refreshToken, grant } = await sessions.signIn(right, visitor);
    const { familyId } = await accessTokens.verify(grant.accessToken);
    await sessions.signOut('junk');
    await sessions.signOut('unknown.token');
    expect(ended).toEqual([]);
    await sessions.signOut(refreshToken);
    expect(ended).toEqual([familyId]);
    await expect(accessTokens.verify(grant.accessToken)).rejects.toMatchObject({ code: 'sessionExpired' });
    await expect(sessions.refresh(refreshToken, visitor)).rejects.toMatchObject({ code: 'sessionExpired' });
  });

  it('writes no password, token or secret to the log', async () => {
    const { refreshToken } = await sessions.signIn(right, visitor);
    const log = JSON.stringify(logger.lines);
    expect(log).toContain('Signed in');
    expect(log).not.toContain(refreshToken.split('.')[1]);
    expect(log).not.toContain(right.password);
  });
});
