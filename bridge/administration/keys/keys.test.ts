import { beforeEach, describe, expect, it } from 'vitest';
import { embedKeyDraftSchema, signingKeyWriteSchema } from '../../../shared/admin/index.ts';
import { administrationFixture, auditor, operator, redAuditor, redManager } from '../testing/administrationFixture.ts';
import { rule } from '../testing/entities.ts';

const embed = (key: object) =>
  embedKeyDraftSchema.parse({
    name: 'Shop',
    brandId: 'red',
    origins: ['https://shop.example'],
    destinations: [{ number: '+12025550100' }],
    ...key,
  });
const signing = (key: object) =>
  signingKeyWriteSchema.parse({ name: 'App', brandId: 'red', algorithm: 'HS256', issuer: 'app', ...key });

describe('embed keys', () => {
  let fixture: ReturnType<typeof administrationFixture>;
  let keys: typeof fixture.administration.embedKeys;
  beforeEach(() => {
    fixture = administrationFixture();
    keys = fixture.administration.embedKeys;
  });

  it('get an id that nobody guesses, and keep when they were made', async () => {
    const made = await keys.create(redManager, embed({}));
    expect(made.id).toBe(`pk_${Buffer.alloc(18, 7).toString('base64url')}`);
    expect(made.createdAtMs).toBe(fixture.clock.now());
    fixture.clock.advance(5000);
    const changed = await keys.update(redManager, made.id, 1, embed({ isEnabled: false }));
    expect(changed).toMatchObject({
      isEnabled: false,
      createdAtMs: made.createdAtMs,
      updatedAtMs: made.createdAtMs + 5000,
    });
    expect(fixture.told).toEqual(['embedKeys', 'embedKeys']);
  });

  it('are of a brand that there is, and show numbers that it may show', async () => {
    const ghost = keys.create(operator, embed({ brandId: 'ghost' }));
    await expect(ghost).rejects.toMatchObject({ code: 'invalidSetting', details: { key: 'brandId' } });
    const foreign = keys.create(redManager, embed({ callerNumber: '+49301' }));
    await expect(foreign).rejects.toMatchObject({ details: { key: 'callerNumber' } });
    await expect(keys.create(redManager, embed({ callerNumber: '+12025550100' }))).resolves.toMatchObject({
      revision: 1,
    });
  });

  it('of a manager open no expensive number; one that an operator opened may stay', async () => {
    const dear = { destinations: [{ number: '+12025550100' }, { number: '+19005550100' }] };
    const refused = { code: 'invalidSetting', details: { key: 'destinations.1.number' } };
    await expect(keys.create(redManager, embed(dear))).rejects.toMatchObject(refused);
    await expect(keys.update(redManager, 'pk_red', 1, embed(dear))).rejects.toMatchObject(refused);
    await expect(keys.update(operator, 'pk_red', 1, embed(dear))).resolves.toMatchObject({ revision: 2 });
    await expect(keys.update(redManager, 'pk_red', 2, embed({ ...dear, name: 'B' }))).resolves.toMatchObject({
      name: 'B',
    });
    // A prefix never opens such numbers.
    const prefix = embed({ destinations: [{ number: '+1900', isPrefix: true }] });
    await expect(keys.update(redManager, 'pk_red', 3, prefix)).resolves.toMatchObject({ revision: 4 });
    await expect(keys.update(redManager, 'pk_red', 4, embed(dear))).rejects.toMatchObject(refused);
  });

  it('stay, and stay with their brand, while a rule names them', async () => {
    await fixture.rules.put(rule('r', { from: { embedKeys: ['pk_red'] } }));
    const inUse = { code: 'inUse', details: { by: 'rule “r”' } };
    await expect(keys.delete(operator, 'pk_red', 1)).rejects.toMatchObject(inUse);
    await expect(keys.update(operator, 'pk_red', 1, embed({ brandId: 'blue' }))).rejects.toMatchObject(inUse);
    await expect(keys.update(operator, 'pk_red', 1, embed({ name: 'Other' }))).resolves.toMatchObject({
      name: 'Other',
    });
  });
});

describe('signing keys', () => {
  let fixture: ReturnType<typeof administrationFixture>;
  let keys: typeof fixture.administration.signingKeys;
  beforeEach(() => {
    fixture = administrationFixture();
    keys = fixture.administration.signingKeys;
  });

  it('tell their secret once, to who registers them, and never again', async () => {
    const { key, secret } = await keys.register(redManager, signing({}));
    expect(secret).toBe('a secret of the key');
    expect(await fixture.signingKeys.get(key.id)).toMatchObject({ secret, publicKey: null });
    await keys.update(redManager, key.id, 1, signing({ name: 'Renamed' }));
    expect(await fixture.signingKeys.get(key.id)).toMatchObject({ name: 'Renamed', secret });
    await keys.delete(redManager, key.id, 2);
    const told = JSON.stringify([
      key,
      fixture.audit.entries,
      await keys.list(redManager, { limit: 9 }),
      await keys.get(operator, 'sk-red'),
    ]);
    expect(told).not.toContain('a secret of the key');
    expect(told).not.toContain('kept secret');
    expect(fixture.audit.entries).toMatchObject([
      { after: { secret: '(secret)' } },
      {},
      { before: { secret: '(secret)' } },
    ]);
    expect(fixture.told).toEqual(['signingKeys', 'signingKeys', 'signingKeys']);
  });

  it('keep their public key until another is given, and their algorithm for good', async () => {
    const { key } = await keys.register(operator, signing({ algorithm: 'ES256', publicKey: 'one' }));
    const base = { algorithm: 'ES256' };
    expect(await keys.update(operator, key.id, 1, signing(base))).toMatchObject({ publicKey: 'one' });
    expect(await keys.update(operator, key.id, 2, signing({ ...base, publicKey: 'two' }))).toMatchObject({
      publicKey: 'two',
    });
    for (const algorithm of ['EdDSA', 'HS256']) {
      const other = keys.update(operator, key.id, 3, signing({ algorithm }));
      await expect(other).rejects.toMatchObject({ code: 'invalidSetting', details: { key: 'algorithm' } });
    }
  });

  it('give away groups of their brand, which their manager may give', async () => {
    const refusals = [
      [operator, { groups: ['ghosts'] }],
      [operator, { groups: ['blue-sales'] }],
      [redManager, { groups: ['vip'] }],
    ] as const;
    for (const [actor, change] of refusals) {
      await expect(keys.register(actor, signing(change))).rejects.toMatchObject({ details: { key: 'groups.0' } });
    }
    await expect(keys.register(operator, signing({ groups: ['vip'] }))).resolves.toBeDefined();
    await expect(keys.register(redManager, signing({ groups: ['red-sales'] }))).resolves.toBeDefined();
  });
});

describe('access keys', () => {
  it('are seen by who is bound to no brand, and rotated by operators, with an entry', async () => {
    const { administration, audit, told } = administrationFixture();
    const { accessKeys } = administration;
    for (const actor of [operator, auditor]) expect(accessKeys.list(actor)).toHaveLength(1);
    for (const actor of [redManager, redAuditor]) {
      expect(() => accessKeys.list(actor)).toThrow(expect.objectContaining({ code: 'forbidden' }));
    }
    for (const actor of [redManager, redAuditor, auditor]) {
      await expect(accessKeys.rotate(actor)).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(audit.entries).toEqual([]);
    await accessKeys.rotate(operator);
    expect(told).toEqual(['rotated']);
    expect(audit.entries).toMatchObject([
      {
        kind: 'accessKey',
        action: 'rotate',
        entityId: 'k1',
        before: { state: 'current' },
        after: { state: 'retiring' },
      },
    ]);
  });
});
