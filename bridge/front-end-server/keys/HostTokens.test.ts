import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { base64url, type JWTHeaderParameters, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../observability/FakeClock.ts';
import { userSeedSchema } from '../accounts/User.ts';
import { makeSigningKey, openDoors } from '../testing/openDoors.ts';
import type { SigningKey } from './SigningKey.ts';

const ed25519 = generateKeyPairSync('ed25519');
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();
const secret = 'a secret of more than 32 characters';

/** By algorithm: what is registered, and what signs. */
const pairs = {
  EdDSA: { material: { publicKey: pem(ed25519.publicKey), secret: null }, signBy: ed25519.privateKey },
  ES256: { material: { publicKey: pem(p256.publicKey), secret: null }, signBy: p256.privateKey },
  HS256: { material: { publicKey: null, secret }, signBy: Buffer.from(secret) },
} as const;
type Algorithm = keyof typeof pairs;
const algorithms = Object.keys(pairs) as Algorithm[];

interface Written {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly header: Readonly<Record<string, unknown>>;
  readonly signBy: KeyObject | Uint8Array;
}

describe('HostTokens', () => {
  let clock: FakeClock;
  let doors: Awaited<ReturnType<typeof openDoors>>;
  beforeEach(async () => {
    clock = new FakeClock();
    doors = await openDoors({ clock });
    for (const algorithm of algorithms) await register({ id: algorithm, algorithm, ...pairs[algorithm].material });
  });
  afterEach(() => doors.close());

  async function register(said: { id: string } & Partial<Omit<SigningKey, 'id'>>): Promise<void> {
    await doors.store.signingKeys.put(makeSigningKey({ groups: ['sales'] as SigningKey['groups'], ...said }));
    await doors.signingKeys.reload();
  }

  const nowSeconds = () => clock.now() / 1000;

  /** A good token but for what is changed; a claim that is undefined is left out. */
  function sign(change: Partial<Written> = {}, algorithm: Algorithm = 'HS256'): Promise<string> {
    const claims = {
      iss: 'https://crm.example',
      aud: 'dialbridge',
      sub: 'user-4711',
      iat: nowSeconds(),
      exp: nowSeconds() + 600,
      brand: 'default',
      name: 'Carol Example',
      ...change.claims,
    };
    const header = { alg: algorithm, kid: algorithm, ...change.header };
    return new SignJWT(JSON.parse(JSON.stringify(claims)))
      .setProtectedHeader(JSON.parse(JSON.stringify(header)) as JWTHeaderParameters)
      .sign(change.signBy ?? pairs[algorithm].signBy);
  }

  /** What is wrong with it; null: nothing. */
  async function problemOf(token: Promise<string> | string): Promise<string | null> {
    try {
      await doors.hostTokens.verify(await token);
      return null;
    } catch (error) {
      expect(error).toMatchObject({ code: 'tokenInvalid' });
      return (error as { details: Record<string, string> }).details.detail ?? '';
    }
  }

  it.each(algorithms)('take a token signed by %s, and what it grants', async (algorithm) => {
    const grants = { groups: ['sales'], destinations: ['+49'], callerNumbers: ['+4930123456'] };
    const access = await doors.hostTokens.verify(await sign({ claims: { grants, userName: 'carol@crm' } }, algorithm));
    expect(access).toMatchObject({
      user: { userName: 'carol@crm', displayName: 'Carol Example', role: 'user' },
      brandId: 'default',
      entry: { kind: 'hostToken', signingKeyId: algorithm, ...grants },
      issuedAtMs: clock.now(),
      expiresAtMs: clock.now() + 600_000,
    });
  });

  it('grant nothing that the token does not ask for, and name people by sub where it gives no name', async () => {
    const { user, entry } = await doors.hostTokens.verify(await sign());
    expect(user.userName).toBe('user-4711');
    expect(entry).toMatchObject({ groups: [], destinations: null, callerNumbers: null });
  });

  it('know a person again by issuer and sub, whichever key signed, and never as an account or under another brand', async () => {
    await register({ id: 'new', ...pairs.HS256.material });
    await register({ id: 'other', ...pairs.HS256.material, issuer: 'https://other.example' });
    await register({ id: 'acme', ...pairs.HS256.material, brandId: 'acme' as SigningKey['brandId'] });
    const idOf = async (change: Partial<Written>) => (await doors.hostTokens.verify(await sign(change))).user.id;
    const first = await idOf({});
    expect(await idOf({ header: { kid: 'new' }, claims: { name: 'Carol Married' } })).toBe(first);
    expect(await idOf({ claims: { sub: 'user-4712' } })).not.toBe(first);
    const other = { header: { kid: 'other' }, claims: { iss: 'https://other.example' } };
    expect(await idOf(other)).not.toBe(first);
    expect(await idOf({ header: { kid: 'acme' }, claims: { brand: 'acme' } })).not.toBe(first);
    expect(first).toMatch(/^host:/);
  });

  describe('refuse by the key', () => {
    it('a token of another algorithm than the key’s, with the public key as if it were a shared secret', async () => {
      // The classic confusion: the attacker signs by HMAC with the public key, which everybody knows.
      for (const algorithm of ['EdDSA', 'ES256'] as const) {
        const signBy = Buffer.from(pairs[algorithm].material.publicKey);
        const forged = sign({ header: { alg: 'HS256', kid: algorithm }, signBy }, 'HS256');
        expect(await problemOf(forged)).toBe(`it is not signed by ${algorithm}, as its key is for`);
      }
    });

    it.each(algorithms.flatMap((a) => algorithms.filter((b) => b !== a).map((b) => [a, b] as const)))(
      'a token signed by %s that names the key for %s',
      async (signed, named) => {
        expect(await problemOf(sign({ header: { kid: named } }, signed))).toBe(
          `it is not signed by ${named}, as its key is for`,
        );
      },
    );

    it('a token without a signature', async () => {
      const [, body = ''] = (await sign()).split('.');
      for (const alg of ['none', 'None', 'NONE']) {
        const header = base64url.encode(JSON.stringify({ alg, kid: 'HS256' }));
        expect(await problemOf(`${header}.${body}.`)).toBe('it is not signed by HS256, as its key is for');
      }
      const [head = ''] = (await sign()).split('.');
      expect(await problemOf(`${head}.${body}.`)).toBe('its signature does not fit its key');
    });

    it('a token of another’s key, and one that was changed', async () => {
      const other = generateKeyPairSync('ed25519').privateKey;
      expect(await problemOf(sign({ signBy: other }, 'EdDSA'))).toBe('its signature does not fit its key');
      const [head = '', body = '', signature = ''] = (await sign()).split('.');
      const text = Buffer.from(body, 'base64url').toString().replace('Carol', 'Karol');
      expect(await problemOf(`${head}.${base64url.encode(text)}.${signature}`)).toBe(
        'its signature does not fit its key',
      );
    });

    it('a token whose header brings a key of its own', async () => {
      const attacker = generateKeyPairSync('ed25519');
      const jwk = attacker.publicKey.export({ format: 'jwk' });
      const forged = sign({ header: { jwk }, signBy: attacker.privateKey }, 'EdDSA');
      expect(await problemOf(forged)).toBe('its signature does not fit its key');
    });

    it.each([
      ['no key', undefined, 'its header names no key: kid is missing'],
      ['a key by a number', 7, 'its header names no key: kid is missing'],
      ['an unknown key', 'unknown', 'its key (kid) is not registered'],
      ['something of every object', '__proto__', 'its key (kid) is not registered'],
    ])('a token that names %s', async (_, kid, problem) => {
      expect(await problemOf(sign({ header: { kid } }))).toBe(problem);
    });

    it('a token whose key is switched off', async () => {
      await register({ id: 'HS256', ...pairs.HS256.material, isEnabled: false });
      expect(await problemOf(sign())).toBe('its key is switched off');
    });

    it('what is no JWT, an access token of ours among it', async () => {
      for (const junk of ['', 'junk', 'a.b.c', '...', `${'x'.repeat(8000)}`])
        expect(await problemOf(junk)).toBe('it is not a JWT');
      const { user, brandId } = await doors.hostTokens.verify(await sign());
      const { accessToken } = await doors.accessTokens.issue({ user, brandId, familyId: 'f' });
      expect(await problemOf(accessToken)).toBe('its key (kid) is not registered');
    });
  });

  describe('refuse by the claims', () => {
    it.each([
      ['another issuer', { iss: 'https://evil.example' }, 'iss is not https://crm.example'],
      ['no issuer', { iss: undefined }, 'its claim iss is missing'],
      ['another audience', { aud: 'somebody-else' }, 'aud is not dialbridge'],
      ['no audience', { aud: undefined }, 'its claim aud is missing'],
      ['no subject', { sub: undefined }, 'its claim sub is missing'],
      ['an empty subject', { sub: '' }, 'its claim sub: expected a text of 1 to 100 characters'],
      ['a subject that is no text', { sub: 7 }, 'its claim sub: expected a text of 1 to 100 characters'],
      ['a subject with a line break', { sub: 'a\r\nb' }, 'its claim sub: expected a text of 1 to 100 characters'],
      ['no issue time', { iat: undefined }, 'its claim iat is missing'],
      ['an issue time that is none', { iat: 'now' }, 'its claim iat cannot be used'],
      ['no expiry', { exp: undefined }, 'its claim exp is missing'],
      ['another brand', { brand: 'acme' }, 'it names another brand than its key is for'],
      [
        'a group that its key may not give',
        { grants: { groups: ['admins'] } },
        'its key may not put users into the group admins',
      ],
    ])('a token with %s', async (_, claims, problem) => {
      expect(await problemOf(sign({ claims }))).toBe(problem);
    });

    it.each([
      ['brand', { brand: undefined }],
      ['name', { name: undefined }],
      ['name', { name: 'Carol\r\nX-Evil: 1' }],
      ['userName', { userName: '' }],
      ['grants.destinations.0', { grants: { destinations: ['49'] } }],
      ['grants.destinations', { grants: { destinations: [] } }],
      ['grants.callerNumbers.0', { grants: { callerNumbers: ['sip:x'] } }],
    ])('a token whose claim %s cannot be read', async (path, claims) => {
      expect(await problemOf(sign({ claims }))).toMatch(`its claim ${path}: `);
    });

    it('takes one of several audiences', async () => {
      expect(await problemOf(sign({ claims: { aud: ['other', 'dialbridge'] } }))).toBeNull();
    });
  });

  describe('refuse by the time', () => {
    it('a token from the moment on at which it runs out', async () => {
      const token = await sign();
      clock.advance(599_999);
      expect(await problemOf(token)).toBeNull();
      clock.advance(1);
      expect(await problemOf(token)).toBe('it has run out');
    });

    it('a token that lives longer than its key allows', async () => {
      const lasting = (seconds: number) => sign({ claims: { exp: nowSeconds() + seconds } });
      expect(await problemOf(lasting(3600))).toBeNull();
      expect(await problemOf(lasting(3601))).toBe('it lives longer than its key allows: 3600 s from iat to exp');
      const backdated = { iat: nowSeconds() - 3000, exp: nowSeconds() + 601 };
      expect(await problemOf(sign({ claims: backdated }))).toMatch('it lives longer');
    });

    it('a token of the future, by more than clocks differ', async () => {
      const issuedIn = (seconds: number) => sign({ claims: { iat: nowSeconds() + seconds } });
      expect(await problemOf(issuedIn(60))).toBeNull();
      expect(await problemOf(issuedIn(61))).toBe('it was issued in the future (iat)');
      const validIn = (seconds: number) => sign({ claims: { nbf: nowSeconds() + seconds } });
      expect(await problemOf(validIn(60))).toBeNull();
      expect(await problemOf(validIn(61))).toBe('it is not valid yet (nbf)');
    });
  });

  it('refuse the name of an account that the key’s brand has no say over', async () => {
    await doors.users.add(userSeedSchema.parse({ userName: 'Olga', password: 'a long password' }));
    const brandId = 'default';
    await doors.users.add(userSeedSchema.parse({ userName: 'Bob', password: 'a long password', brandId }));
    expect(await problemOf(sign({ claims: { userName: 'olga' } }))).toMatch('the user name olga belongs to an account');
    expect(await problemOf(sign({ claims: { sub: 'OLGA' } }))).toMatch('the user name OLGA belongs to an account');
    expect(await problemOf(sign({ claims: { userName: 'bob' } }))).toBeNull();
  });

  it('note when a key was last used, once a minute, and not by a token that is refused', async () => {
    const lastUse = async () => (await doors.store.signingKeys.get('HS256'))?.lastUsedAtMs;
    await problemOf(sign({ claims: { iss: 'other' } }));
    expect(await lastUse()).toBeNull();
    const firstAtMs = clock.now();
    await problemOf(sign());
    expect(await lastUse()).toBe(firstAtMs);
    await clock.advanceAsync(59_999);
    await problemOf(sign());
    expect(await lastUse()).toBe(firstAtMs);
    await clock.advanceAsync(1);
    await problemOf(sign());
    expect(await lastUse()).toBe(firstAtMs + 60_000);
    expect(await doors.store.signingKeys.get('HS256')).toMatchObject({ revision: 1 });
  });
});
