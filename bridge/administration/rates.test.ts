import { beforeEach, describe, expect, it } from 'vitest';
import { type RateDraft, rateSeedSchema } from '../../shared/admin/index.ts';
import { administrationFixture, auditor, operator, redAuditor, redManager } from './testing/administrationFixture.ts';

const written = (id: string, pricePerMinute: number): RateDraft & { id: string } =>
  rateSeedSchema.parse({ id, pricePerMinute });

describe('rates', () => {
  let fixture: ReturnType<typeof administrationFixture>;
  beforeEach(() => {
    fixture = administrationFixture();
  });
  const ids = async () => (await fixture.rates.list()).map(({ id }) => id).sort();

  it('are read by every administrator and edited by operators', async () => {
    const { rates } = fixture.administration;
    for (const actor of [operator, auditor, redManager, redAuditor]) {
      expect((await rates.list(actor, { limit: 9 })).items.map(({ id }) => id)).toEqual(['+1', '+49']);
      expect(await rates.get(actor, '+49')).toMatchObject({ pricePerMinute: 0.01 });
    }
    await expect(rates.create(redManager, written('+44', 1))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(rates.update(redManager, '+49', 1, written('+49', 1))).rejects.toMatchObject({ code: 'forbidden' });
    await rates.update(operator, '+49', 1, written('+49', 0.5));
    await rates.delete(operator, '+1', 1);
    expect(await fixture.rates.list()).toMatchObject([{ id: '+49', pricePerMinute: 0.5, revision: 2 }]);
    expect(fixture.told).toEqual(['rates', 'rates']);
  });

  it('of a sheet are merged, and those that say the same stay as they are', async () => {
    const sheet = { mode: 'merge', items: [written('+44', 0.2), written('+1', 0.01), written('+49', 0.3)] } as const;
    const result = await fixture.administration.rateImport.import(operator, sheet);
    expect(result).toEqual({ added: 1, changed: 1, deleted: 0 });
    expect(await ids()).toEqual(['+1', '+44', '+49']);
    expect(await fixture.rates.get('+1')).toMatchObject({ revision: 1 });
    expect(await fixture.rates.get('+49')).toMatchObject({ revision: 2, pricePerMinute: 0.3 });
    expect(fixture.told).toEqual(['rates']);
    expect(fixture.audit.entries).toMatchObject([
      {
        action: 'import',
        before: { '+49': { revision: 1 } },
        after: { '+44': { revision: 1, pricePerMinute: 0.2 }, '+49': { revision: 2, pricePerMinute: 0.3 } },
      },
      {
        action: 'import',
        kind: 'rate',
        entityId: null,
        before: { rates: 2 },
        after: { rates: 3, mode: 'merge', added: 1, changed: 1 },
      },
    ]);
  });

  it('of a sheet are the whole table where it replaces', async () => {
    const sheet = { mode: 'replace', items: [written('+44', 0.2), written('+49', 0.01)] } as const;
    expect(await fixture.administration.rateImport.import(operator, sheet)).toEqual({
      added: 1,
      changed: 0,
      deleted: 1,
    });
    expect(await ids()).toEqual(['+44', '+49']);
    const [{ before, after } = {}] = fixture.audit.entries;
    expect([before, after]).toMatchObject([{ '+1': { pricePerMinute: 0.01 } }, { '+44': { pricePerMinute: 0.2 } }]);
    expect(after).not.toHaveProperty('+1');
    expect(await fixture.administration.rateImport.import(operator, { mode: 'replace', items: [] })).toMatchObject({
      deleted: 2,
    });
  });

  it('of a sheet with a prefix twice, or met by another change, are not taken at all', async () => {
    const before = await fixture.rates.list();
    const { rateImport } = fixture.administration;
    const twice = rateImport.import(operator, { mode: 'replace', items: [written('+44', 1), written('+44', 2)] });
    await expect(twice).rejects.toMatchObject({ code: 'invalidSetting', details: { key: 'rates.1.id' } });
    await expect(rateImport.import(redManager, { mode: 'merge', items: [] })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(fixture.audit.entries).toEqual([]);
    const { updateAll } = fixture.rates;
    fixture.rates.updateAll = async (change) => {
      const present = await fixture.rates.get('+1');
      if (present) await fixture.rates.put({ ...present, revision: 2 });
      return updateAll.call(fixture.rates, change);
    };
    const met = rateImport.import(operator, { mode: 'replace', items: [written('+44', 1)] });
    await expect(met).rejects.toMatchObject({ code: 'conflict' });
    // Each entry is taken back by another.
    expect(fixture.audit.entries).toHaveLength(4);
    expect((await fixture.rates.list()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(fixture.told).toEqual([]);
  });

  it('come by the hundred thousand, and are found among them', async () => {
    const one = written('+1', 0.01);
    const rates = Array.from({ length: 100_000 }, (_, index) => ({ ...one, id: `+${100_000 + index}` }));
    expect(await fixture.administration.rateImport.import(operator, { mode: 'merge', items: rates })).toMatchObject({
      added: 100_000,
    });
    const { items } = await fixture.administration.rates.list(operator, { limit: 2, q: '+19999' });
    expect(items.map(({ id }) => id)).toEqual(['+199990', '+199991']);
  });
});
