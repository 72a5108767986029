import { beforeEach, describe, expect, it } from 'vitest';
import { type BrandDraft, brandDraftSchema } from '../../shared/admin/index.ts';
import type { BrandId, GroupId } from '../../shared/domain/index.ts';
import { administrationFixture, auditor, operator, redManager } from './testing/administrationFixture.ts';
import { rule, webhook } from './testing/entities.ts';

const red = 'red' as BrandId;
/** As the manager's brand is in the fixture, with changes. */
function written(brand: object): BrandDraft {
  return brandDraftSchema.parse({ name: 'red', hostNames: ['red.example'], callerNumbers: ['+12025550100'], ...brand });
}

describe('brands', () => {
  let fixture: ReturnType<typeof administrationFixture>;
  let brands: typeof fixture.administration.brands;
  beforeEach(() => {
    fixture = administrationFixture();
    brands = fixture.administration.brands;
  });

  it('are painted by their manager, and seen in memory at once', async () => {
    await brands.update(redManager, red, 1, written({ name: 'Scarlet', language: 'de' }));
    expect(await fixture.brands.get(red)).toMatchObject({ name: 'Scarlet', language: 'de', revision: 2 });
    expect(fixture.told).toEqual(['brands']);
  });

  it.each([
    ['hostNames', { hostNames: ['red.example', 'more.example'] }],
    ['callerNumbers', { callerNumbers: [] }],
    ['emergency', { emergency: { mode: 'route', gatewayIds: ['gw1'] } }],
  ])('keep %s until an operator changes them', async (key, change) => {
    const refused = brands.update(redManager, red, 1, written(change));
    await expect(refused).rejects.toMatchObject({ code: 'invalidSetting', details: { key } });
    expect(fixture.audit.entries).toEqual([]);
    await expect(brands.update(operator, red, 1, written(change))).resolves.toMatchObject(change);
  });

  it.each([
    ['a host name of another brand', { hostNames: ['red.example', 'blue.example'] }, 'hostNames.1'],
    ['a host name twice', { hostNames: ['red.example', 'red.example'] }, 'hostNames.1'],
    ['a country without telephones', { defaultCountry: 'ZZ' }, 'defaultCountry'],
    [
      'a gateway that there is not',
      { emergency: { mode: 'route', gatewayIds: ['gw1', 'gw2'] } },
      'emergency.gatewayIds.1',
    ],
  ])('can’t have %s', async (_, change, key) => {
    const before = await fixture.brands.list();
    await expect(brands.update(operator, red, 1, written(change))).rejects.toMatchObject({
      code: 'invalidSetting',
      details: { key },
    });
    const made = brands.create(operator, { id: 'green' as BrandId, ...written({ hostNames: [], ...change }) });
    await expect(made).rejects.toMatchObject({ code: 'invalidSetting' });
    expect(await fixture.brands.list()).toEqual(before);
    expect(fixture.audit.entries).toEqual([]);
  });

  it('can’t be deleted while a webhook is told of them, and are left alone by those of others and of all', async () => {
    await brands.create(operator, { id: 'green' as BrandId, ...written({ hostNames: [] }) });
    await fixture.webhooks.put({ ...webhook('wh2'), name: 'Sales', brandId: 'green' as BrandId });
    await fixture.webhooks.put({ ...webhook('wh3'), brandId: red });
    await expect(brands.delete(operator, 'green', 1)).rejects.toMatchObject({
      code: 'inUse',
      details: { by: 'webhook “Sales”' },
    });
    await fixture.webhooks.delete('wh2');
    await brands.delete(operator, 'green', 1);
    expect(await fixture.brands.get('green')).toBeUndefined();
  });

  it('can’t be deleted while anything is of them, nor can that of the configuration', async () => {
    const inUse = brands.delete(operator, red, 1);
    await expect(inUse).rejects.toMatchObject({
      code: 'inUse',
      details: { by: 'user “mia”, user “abby”, user “ruth”, 5 more' },
    });
    await expect(brands.delete(operator, 'default', 1)).rejects.toMatchObject({
      details: { by: 'the configuration (brand.id)' },
    });
    await brands.create(operator, { id: 'green' as BrandId, ...written({ hostNames: [] }) });
    await fixture.rules.put(rule('r', { from: { brands: ['red', 'green'] } }));
    await expect(brands.delete(operator, 'green', 1)).rejects.toMatchObject({ details: { by: 'rule “r”' } });
    await fixture.rules.delete('r');
    await brands.delete(operator, 'green', 1);
    expect(await fixture.brands.get('green')).toBeUndefined();
  });

  it('get files from who may edit them, each with its entry', async () => {
    const upload = { contentType: 'image/png', content: new Uint8Array(70) };
    const { brandAssets } = fixture.administration;
    expect(await brandAssets.add(redManager, red, upload)).toEqual({ id: 'asset0123456789ofred', url: '/asset' });
    expect(fixture.audit.entries).toMatchObject([
      {
        kind: 'brandAsset',
        action: 'create',
        entityId: 'asset0123456789ofred',
        brandId: 'red',
        after: { type: 'image/png', bytes: 70 },
      },
    ]);
    await expect(brandAssets.add(redManager, 'blue' as BrandId, upload)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(brandAssets.add(auditor, red, upload)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(brandAssets.add(operator, 'ghost' as BrandId, upload)).rejects.toMatchObject({ code: 'notFound' });
    expect(fixture.audit.entries).toHaveLength(1);
  });
});

describe('groups', () => {
  it('can’t be deleted while a user, a rule or a signing key names them', async () => {
    const { administration, users, rules, signingKeys, groups } = administrationFixture();
    const ruth = await users.get('ruth');
    if (ruth) await users.put({ ...ruth, groups: ['red-sales' as GroupId] });
    await rules.put(rule('r', { name: 'Sales', from: { groups: ['red-sales'] } }));
    const key = await signingKeys.get('sk-red');
    if (key) await signingKeys.put({ ...key, groups: ['red-sales' as GroupId] });
    const refused = administration.groups.delete(redManager, 'red-sales', 1);
    await expect(refused).rejects.toMatchObject({
      code: 'inUse',
      details: { by: 'user “ruth”, rule “Sales”, signing key “sk-red”' },
    });
    await users.delete('ruth');
    await rules.delete('r');
    await signingKeys.delete('sk-red');
    await administration.groups.delete(redManager, 'red-sales', 1);
    expect(await groups.get('red-sales')).toBeUndefined();
  });

  it('go to a brand only without members of others', async () => {
    const { administration, users } = administrationFixture();
    const bob = await users.get('bob');
    if (bob) await users.put({ ...bob, groups: ['vip' as GroupId] });
    const toBrand = (brandId: string) =>
      administration.groups.update(operator, 'vip', 1, { name: 'vip', brandId: brandId as BrandId });
    await expect(toBrand('red')).rejects.toMatchObject({ code: 'inUse', details: { by: 'user “bob”' } });
    await expect(toBrand('ghost')).rejects.toMatchObject({ code: 'invalidSetting', details: { key: 'brandId' } });
    await expect(toBrand('blue')).resolves.toMatchObject({ brandId: 'blue' });
  });
});
