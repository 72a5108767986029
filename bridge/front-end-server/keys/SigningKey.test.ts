import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeSigningKey } from '../testing/openDoors.ts';
import { makeSigningKeyMaterial, signingKeySeedSchema, toSigningKeyView } from './SigningKey.ts';

const ed25519 = generateKeyPairSync('ed25519');
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();
const jwk = (key: KeyObject) => JSON.stringify(key.export({ format: 'jwk' }));
const privatePem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('a signing key that is registered', () => {
  it.each([
    ['EdDSA', 'PEM', pem(ed25519.publicKey), ed25519.publicKey],
    ['EdDSA', 'JWK', jwk(ed25519.publicKey), ed25519.publicKey],
    ['ES256', 'PEM', pem(p256.publicKey), p256.publicKey],
    ['ES256', 'JWK', `\n${jwk(p256.publicKey)}\n`, p256.publicKey],
  ] as const)('for %s by %s keeps its public key as PEM', (algorithm, _, publicKey, key) => {
    expect(makeSigningKeyMaterial({ algorithm, publicKey }, randomBytes)).toEqual({
      publicKey: pem(key),
      secret: null,
    });
  });

  it('for HS256 gets a secret of 256 bits, another each time', () => {
    const made = [1, 2].map(() => makeSigningKeyMaterial({ algorithm: 'HS256' }, randomBytes));
    expect(made[0]).toMatchObject({ publicKey: null, secret: expect.stringMatching(/^[\w-]{43}$/) });
    expect(made[0]?.secret).not.toBe(made[1]?.secret);
  });

  it.each([
    ['EdDSA', undefined, 'expected the public key for EdDSA'],
    ['EdDSA', pem(p256.publicKey), 'expected a key for EdDSA (Ed25519)'],
    ['ES256', pem(ed25519.publicKey), 'expected a key for ES256 (P-256)'],
    ['ES256', pem(p384.publicKey), 'expected a key for ES256 (P-256)'],
    ['ES256', pem(rsa.publicKey), 'expected a key for ES256 (P-256)'],
    ['ES256', 'junk', 'expected a public key as PEM'],
    ['ES256', '{"kty":"EC"}', 'expected a public key as PEM'],
    ['ES256', '{', 'expected a public key as PEM'],
    ['HS256', pem(p256.publicKey), 'expected none: HS256 has a secret'],
    ['EdDSA', privatePem(ed25519.privateKey), 'this is a private one'],
    ['ES256', jwk(p256.privateKey), 'this is a private one'],
    ['EdDSA', '{"kty":"oct","k":"AAAA"}', 'this is a private one'],
  ] as const)('for %s is refused with the place and what was expected', (algorithm, publicKey, expected) => {
    const make = () =>
      makeSigningKeyMaterial({ algorithm, ...(publicKey !== undefined && { publicKey }) }, randomBytes);
    expect(make).toThrow(
      expect.objectContaining({
        code: 'invalidSetting',
        details: { key: 'publicKey', expected: expect.stringContaining(expected) },
      }),
    );
  });

  it('never tells its secret again', () => {
    const key = makeSigningKey({ id: 'crm' });
    expect(key.secret).toBeTruthy();
    expect(JSON.stringify(toSigningKeyView(key))).not.toContain(key.secret);
  });
});

describe('a signing key in the configuration', () => {
  const seed = { id: 'crm', name: 'CRM', brandId: 'default', issuer: 'https://crm.example' };
  const problems = (more: object) =>
    signingKeySeedSchema.safeParse({ ...seed, ...more }).error?.issues.map(({ path, message }) => [path[0], message]);

  it('has either a public key or a secret, as its algorithm wants', () => {
    const secret = 'x'.repeat(32);
    expect(problems({ algorithm: 'HS256', secret })).toBeUndefined();
    expect(problems({ algorithm: 'EdDSA', publicKey: pem(ed25519.publicKey) })).toBeUndefined();
    expect(problems({ algorithm: 'HS256', secret: 'x'.repeat(31) })).toEqual([
      ['secret', 'expected at least 32 characters'],
    ]);
    expect(problems({ algorithm: 'HS256' })).toEqual([['secret', 'expected a secret for HS256']]);
    expect(problems({ algorithm: 'EdDSA', secret })).toEqual([['secret', 'expected none: EdDSA has a public key']]);
    expect(problems({ algorithm: 'ES256' })).toEqual([['publicKey', 'expected the public key for ES256']]);
  });
});
