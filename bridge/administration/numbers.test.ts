import { beforeEach, describe, expect, it } from 'vitest';
import { type NumberDraft, numberDraftSchema, numberSeedSchema, routeCreateSchema } from '../../shared/admin/index.ts';
import { administrationFixture, auditor, operator, redManager } from './testing/administrationFixture.ts';

const to = (destination: object, more: object = {}): NumberDraft =>
  numberDraftSchema.parse({ brandId: 'red', destination, ...more });
const user = (userName: string) => ({ kind: 'user', userName });
const red = '+12025550110';

const keyOf = (change: Promise<unknown>) =>
  change.then(
    () => null,
    (error: { code: string; details?: { key?: string } }) => error.details?.key ?? error.code,
  );

describe('numbers', () => {
  let fixture: ReturnType<typeof administrationFixture>;
  beforeEach(() => {
    fixture = administrationFixture();
  });
  const update = (draft: NumberDraft, actor = operator) =>
    keyOf(fixture.administration.numbers.update(actor, red, '*', draft));

  it('are seen by their own brand’s manager, who says who is rung and takes none from others', async () => {
    const { numbers } = fixture.administration;
    expect((await numbers.list(redManager, { limit: 9 })).items.map(({ id }) => id)).toEqual([red]);
    await expect(numbers.get(redManager, '+12025550120')).rejects.toMatchObject({ code: 'forbidden' });
    expect(await update(to(user('mia')), redManager)).toBe(null);
    expect(await update({ ...to(user('bob')), brandId: 'blue' as never }, redManager)).toBe('forbidden');
    expect(await update(to(user('mia')), auditor)).toBe('forbidden');
    expect(fixture.told).toEqual(['numbers']);
  });

  it.each([
    ['a user that there is not', user('ghost'), 'destination.userName'],
    ['a user of another brand', user('bob'), 'destination.userName'],
    [
      'a telephone in the name of a user of another brand',
      { kind: 'telephone', number: '+4930123', userName: 'bob' },
      'destination.userName',
    ],
    ['a group that there is not', { kind: 'group', groupId: 'ghost' }, 'destination.groupId'],
    ['a group of another brand', { kind: 'group', groupId: 'blue-sales' }, 'destination.groupId'],
  ])('can’t ring %s', async (_, destination, key) => {
    expect(await update(to(destination))).toBe(key);
    expect(await update(to(user('ruth'), { otherwise: { destination } }))).toBe(`otherwise.${key}`);
  });

  it('may ring users and groups of no brand in particular, but no manager lends the rights of such a user', async () => {
    expect(await update(to({ kind: 'group', groupId: 'vip' }), redManager)).toBe(null);
    const lent = to({ kind: 'telephone', number: '+4930123', userName: 'nina' });
    expect(await update(lent, redManager)).toBe('destination.userName');
    expect(await update(lent)).toBe(null);
  });

  it('of a sheet are taken over, and keep the group from being deleted that they ring', async () => {
    const { numberImport, groups } = fixture.administration;
    const items = [numberSeedSchema.parse({ id: '100', ...to({ kind: 'group', groupId: 'red-sales' }) })];
    expect(await numberImport.import(operator, { mode: 'replace', items })).toEqual({
      added: 1,
      changed: 0,
      deleted: 2,
    });
    await expect(groups.delete(operator, 'red-sales', '*')).rejects.toMatchObject({ details: { by: 'number “100”' } });
  });
});

describe('routes', () => {
  const make = (more: object) => {
    const fixture = administrationFixture();
    const made = fixture.administration.routes.create(operator, routeCreateSchema.parse({ prefixes: ['+'], ...more }));
    return { fixture, made };
  };

  it('get an id where they bring none, and are told to the proxy server', async () => {
    const { fixture, made } = make({ gateways: [{ gatewayId: 'gw1', weight: 3 }] });
    expect(await made).toMatchObject({ id: expect.stringMatching(/^new-/), strategy: 'priority' });
    expect(fixture.told).toEqual(['routes']);
  });

  it.each([
    [
      'a gateway that there is not',
      { gateways: [{ gatewayId: 'gw1' }, { gatewayId: 'ghost' }] },
      'gateways.1.gatewayId',
    ],
    ['a gateway twice', { gateways: [{ gatewayId: 'gw1' }, { gatewayId: 'gw1' }] }, 'gateways.1.gatewayId'],
    ['a brand that there is not', { brands: ['ghost'] }, 'brands.0'],
    ['a group that there is not', { groups: ['ghost'] }, 'groups.0'],
    ['a group of another brand than its own', { brands: ['red'], groups: ['blue-sales'] }, 'groups.0'],
  ])('can’t name %s', async (_, more, key) => {
    expect(await keyOf(make(more).made)).toBe(key);
  });
});
