import { beforeEach, describe, expect, it } from 'vitest';
import { type RuleWrite, ruleCreateSchema } from '../../shared/admin/index.ts';
import type { RuleId } from '../../shared/domain/index.ts';
import type { Actor } from './editing/Actor.ts';
import { administrationFixture, operator, redManager } from './testing/administrationFixture.ts';
import { rule } from './testing/entities.ts';

const id = (text: string) => text as RuleId;

/** A rule as it would arrive. */
function written(rule: object): RuleWrite {
  return ruleCreateSchema.parse({ action: 'allow', ...rule });
}

describe('rules', () => {
  let fixture: ReturnType<typeof administrationFixture>;
  beforeEach(() => {
    fixture = administrationFixture();
  });
  const create = (actor: Actor, one: object) => fixture.administration.rules.create(actor, written(one));
  const orders = async () =>
    Object.fromEntries((await fixture.rules.list()).map(({ id: one, order }) => [one, order] as const));

  it('are listed in the order in which they decide', async () => {
    await create(operator, { id: 'first', order: -5 });
    const { items } = await fixture.administration.rules.list(operator, { limit: 100 });
    expect(items.map((one) => one.id)).toEqual(['first', 'everywhere', 'red-us', 'blue-us']);
  });

  it('are placed last where no order is given, and stay where they are when they are changed', async () => {
    expect(await create(operator, { to: { prefix: '+44' } })).toMatchObject({ id: 'new-1', order: 40 });
    const changed = await fixture.administration.rules.update(operator, 'red-us', 1, written({ name: 'USA' }));
    expect(changed).toMatchObject({ name: 'USA', order: 20 });
    expect(await fixture.administration.rules.update(operator, 'red-us', 2, written({ order: 7 }))).toMatchObject({
      order: 7,
    });
  });

  it('count at once', async () => {
    await create(operator, {});
    await fixture.administration.rules.delete(operator, 'red-us', 1);
    expect(fixture.told).toEqual(['rules', 'rules']);
  });

  it.each([
    ['a group', { from: { groups: ['vip', 'ghosts'] } }, 'from.groups.1', 'ghosts'],
    ['a group of another brand', { from: { brands: ['red'], groups: ['blue-sales'] } }, 'from.groups.0', 'red'],
    ['a brand', { from: { brands: ['red', 'green'] } }, 'from.brands.1', 'green'],
    ['an embed key', { from: { embedKeys: ['pk_ghost'] } }, 'from.embedKeys.0', 'pk_ghost'],
    ['an embed key of another brand', { from: { brands: ['red'], embedKeys: ['pk_blue'] } }, 'from.embedKeys.0', 'red'],
    ['a country', { to: { countries: ['DE', 'ZZ'] } }, 'to.countries.1', 'country'],
  ])('can’t name %s that there is not', async (_, one, key, hint) => {
    const before = await fixture.rules.list();
    const refused = create(operator, one);
    await expect(refused).rejects.toMatchObject({ code: 'invalidSetting', details: { key } });
    await expect(refused).rejects.toMatchObject({ details: { expected: expect.stringContaining(hint) } });
    const changed = fixture.administration.rules.update(operator, 'blue-us', 1, written(one));
    await expect(changed).rejects.toMatchObject({ code: 'invalidSetting', details: { key } });
    expect(await fixture.rules.list()).toEqual(before);
    expect(fixture.audit.entries).toEqual([]);
    expect(fixture.told).toEqual([]);
  });

  it('names all that is wrong at once', async () => {
    const refused = create(operator, { from: { groups: ['a', 'vip', 'b'] }, to: { countries: ['ZZ'] } });
    await expect(refused).rejects.toMatchObject({
      details: { problems: expect.stringMatching(/^from\.groups\.0: .*\nfrom\.groups\.2: .*\nto\.countries\.0: .*$/) },
    });
  });

  it('of several brands or of none are the operators’; a manager sees those that count for the brand', async () => {
    await create(operator, { id: 'both', from: { brands: ['red', 'blue'] } });
    const { items } = await fixture.administration.rules.list(redManager, { limit: 100 });
    expect(items.map((one) => one.id)).toEqual(['everywhere', 'red-us', 'both']);
    for (const one of ['both', 'everywhere']) {
      const edit = fixture.administration.rules.update(redManager, one, 1, written({ from: { brands: ['red'] } }));
      await expect(edit).rejects.toMatchObject({ code: 'forbidden' });
    }
    await expect(create(redManager, {})).rejects.toMatchObject({ code: 'forbidden' });
    await expect(create(redManager, { from: { brands: ['red', 'blue'] } })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(create(redManager, { from: { brands: ['red'] } })).resolves.toMatchObject({ order: 50 });
  });

  it('of a manager that allow stand behind the operators’ rules for the brand; those that deny may stand anywhere', async () => {
    const mine = { from: { brands: ['red'] } };
    for (const order of [-1, 9]) {
      const refused = create(redManager, { ...mine, order });
      await expect(refused).rejects.toMatchObject({ code: 'invalidSetting', details: { key: 'order' } });
    }
    await create(redManager, { id: 'deny-first', action: 'deny', ...mine, order: 1 });
    // At the same order the id decides: "everywhere" comes first.
    await create(redManager, { id: 'f', ...mine, order: 10 });
    await expect(create(redManager, { id: 'd', ...mine, order: 10 })).rejects.toMatchObject({ code: 'invalidSetting' });
    await create(redManager, { id: 'before-blue', ...mine, order: 29 });
    const opened = fixture.administration.rules.update(redManager, 'deny-first', 1, written(mine));
    await expect(opened).rejects.toMatchObject({ code: 'invalidSetting', details: { key: 'order' } });
  });

  it('of a manager open no expensive kinds of numbers; what an operator opened may stay as it is', async () => {
    const mine = { from: { brands: ['red'] } };
    const dear = { to: { prefix: '+49', types: ['mobile', 'premiumRate'] } };
    const refused = { code: 'invalidSetting', details: { key: 'to.types.1' } };
    await expect(create(redManager, { ...mine, ...dear })).rejects.toMatchObject(refused);
    await expect(create(redManager, { ...mine, ...dear, action: 'deny' })).resolves.toMatchObject({ action: 'deny' });
    const given = await create(operator, { id: 'given', ...mine, ...dear });
    const change = (revision: number, one: object) =>
      fixture.administration.rules.update(redManager, given.id, revision, written({ ...mine, ...one }));
    await expect(change(1, { ...dear, name: 'Mobiles' })).resolves.toMatchObject({ revision: 2 });
    await expect(change(2, { to: { ...dear.to, prefix: '+' } })).rejects.toMatchObject(refused);
    await expect(change(2, { ...dear, action: 'deny' })).resolves.toMatchObject({ revision: 3 });
    await expect(change(3, dear)).rejects.toMatchObject(refused);
  });

  it('of a manager show only numbers that the brand may show', async () => {
    const mine = { from: { brands: ['red'] } };
    await create(redManager, { ...mine, callerNumbers: ['+12025550100'] });
    const refused = create(redManager, { ...mine, callerNumbers: ['+12025550100', '+12025550199'] });
    await expect(refused).rejects.toMatchObject({ details: { key: 'callerNumbers.1' } });
    const given = await create(operator, { ...mine, callerNumbers: ['+12025550199'] });
    // What an operator gave may stay.
    const kept = fixture.administration.rules.update(
      redManager,
      given.id,
      1,
      written({ ...mine, callerNumbers: ['+12025550199'] }),
    );
    await expect(kept).resolves.toMatchObject({ revision: 2 });
  });

  describe('when they are moved', () => {
    const move = (actor: Actor, one: string, before: string | null) =>
      fixture.administration.ruleOrder.move(actor, id(one), before === null ? null : id(before));

    it('change alone where there is room', async () => {
      expect((await move(operator, 'blue-us', 'red-us')).map((one) => one.id)).toEqual(['blue-us']);
      expect(await orders()).toEqual({ everywhere: 10, 'red-us': 20, 'blue-us': 15 });
      await move(operator, 'everywhere', null);
      expect(await orders()).toEqual({ everywhere: 30, 'red-us': 20, 'blue-us': 15 });
      await move(operator, 'red-us', 'blue-us');
      expect(await orders()).toEqual({ everywhere: 30, 'red-us': 5, 'blue-us': 15 });
      expect(fixture.told).toEqual(['rules', 'rules', 'rules']);
    });

    it('are numbered anew together where there is none', async () => {
      for (const one of ['a', 'b', 'c']) await fixture.rules.put(rule(one, { order: 10 }));
      const changed = await move(operator, 'red-us', 'b');
      const sorted = (await fixture.administration.rules.list(operator, { limit: 10 })).items.map((one) => one.id);
      expect(sorted).toEqual(['a', 'red-us', 'b', 'c', 'everywhere', 'blue-us']);
      expect(await orders()).toEqual({ a: 10, 'red-us': 20, b: 30, c: 40, everywhere: 50, 'blue-us': 60 });
      // Those two have kept their numbers.
      expect(changed.map((one) => one.id)).toEqual(['b', 'c', 'everywhere', 'blue-us']);
      expect(changed.map(({ revision }) => revision)).toEqual([2, 2, 2, 2]);
      expect(fixture.audit.entries).toMatchObject([
        {
          action: 'reorder',
          entityId: 'red-us',
          brandId: 'red',
          before: { b: 10, c: 10, everywhere: 10, 'blue-us': 30 },
          after: { b: 30, c: 40, everywhere: 50, 'blue-us': 60 },
        },
      ]);
    });

    it('stay as they are where nothing would change', async () => {
      expect(await move(operator, 'red-us', 'blue-us')).toEqual([]);
      expect(await move(operator, 'blue-us', null)).toEqual([]);
      expect(fixture.audit.entries).toEqual([]);
    });

    it('go before a rule that there is, and that is not the same', async () => {
      for (const before of ['ghost', 'red-us']) {
        await expect(move(operator, 'red-us', before)).rejects.toMatchObject({ details: { key: 'before' } });
      }
      await expect(move(operator, 'ghost', null)).rejects.toMatchObject({ code: 'notFound' });
    });

    it('obey the brand’s manager as far as their rules go', async () => {
      await expect(move(redManager, 'everywhere', null)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(move(redManager, 'blue-us', null)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(move(redManager, 'red-us', 'blue-us')).rejects.toMatchObject({ details: { key: 'before' } });
      await expect(move(redManager, 'red-us', 'everywhere')).rejects.toMatchObject({ details: { key: 'before' } });
      expect(await orders()).toEqual({ everywhere: 10, 'red-us': 20, 'blue-us': 30 });
      expect(await move(redManager, 'red-us', null)).toMatchObject([{ id: 'red-us', order: 40 }]);
    });

    it('are all or none in their new places', async () => {
      for (const one of ['a', 'b', 'c']) await fixture.rules.put(rule(one, { order: 10 }));
      const before = await fixture.rules.list();
      const { updateAll } = fixture.rules;
      // Another process changes one of them after it was read.
      fixture.rules.updateAll = async (change) => {
        await fixture.rules.put({ ...rule('c', { order: 10 }), revision: 2 });
        return updateAll.call(fixture.rules, change);
      };
      await expect(move(operator, 'red-us', 'b')).rejects.toMatchObject({ code: 'conflict' });
      const after = await fixture.rules.list();
      expect(after.map(({ order }) => order)).toEqual(before.map(({ order }) => order));
      expect(fixture.audit.entries).toHaveLength(2);
      expect(fixture.told).toEqual([]);
    });
  });
});
