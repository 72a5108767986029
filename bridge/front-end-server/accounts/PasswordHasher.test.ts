import { beforeAll, describe, expect, it } from 'vitest';
import { PasswordHasher } from './PasswordHasher.ts';

describe('PasswordHasher', () => {
  let hasher: PasswordHasher;
  beforeAll(async () => {
    hasher = await PasswordHasher.create();
  });

  it('hashes by argon2id with the parameters of OWASP, another salt each time', async () => {
    const [first, second] = await Promise.all([hasher.hash('a long password'), hasher.hash('a long password')]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
    expect(hasher.isOutdated(first)).toBe(false);
    expect(hasher.isOutdated('$argon2id$v=19$m=4096,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$aGFzaGhhc2hoYXNoaGFzaA')).toBe(true);
  });

  it('knows the right password, also when typed in another Unicode form', async () => {
    const passwordHash = await hasher.hash('pa\u00dfw\u00f6rd');
    expect(await hasher.verify(passwordHash, 'pa\u00dfwo\u0308rd')).toBe(true);
    expect(await hasher.verify(passwordHash, 'password')).toBe(false);
  });

  it('refuses everybody who is not there, even with the decoy’s password', async () => {
    expect(await hasher.verify(undefined, 'a password that nobody has')).toBe(false);
  });

  it('lets a bounded number wait, refuses more, and serves all that wait', async () => {
    const small = await PasswordHasher.create({ concurrency: 1, maxWaiting: 2 });
    const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map(() => small.hash('x')));
    expect(outcomes.map((outcome) => outcome.status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    expect(outcomes[4]).toMatchObject({ reason: { code: 'tooManyAttempts', retryAfterMs: 2000 } });
    await expect(small.hash('y')).resolves.toContain('$argon2id$');
  });

  it('gives the turn back when a hash cannot be read', async () => {
    const small = await PasswordHasher.create({ concurrency: 1, maxWaiting: 0 });
    await expect(small.verify('not a hash', 'x')).rejects.toThrow();
    await expect(small.hash('y')).resolves.toContain('$argon2id$');
  });
});
