import { beforeEach, describe, expect, it } from 'vitest';
import type { BrandSettings } from '../../../shared/admin/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import { MemoryCollection } from '../../storage/memory/index.ts';
import { makeBrand } from '../testing/openBrands.ts';
import { checkBrand } from './checkBrand.ts';
import { seedBrands } from './seedBrands.ts';

function refusalOf(check: () => void): DialbridgeError {
  try {
    check();
  } catch (error) {
    if (error instanceof DialbridgeError) return error;
  }
  return expect.unreachable('it was accepted');
}

describe('checkBrand', () => {
  const acme = makeBrand({ id: 'acme', name: 'Acme', hostNames: ['a.example', 'b.example'] });

  it('refuses a host name that another brand has, and says whose it is', () => {
    const other = makeBrand({ id: 'other', hostNames: ['c.example', 'b.example'] });
    const { code, details } = refusalOf(() => checkBrand(other, [acme, other]));
    expect(code).toBe('invalidSetting');
    expect(details).toEqual({
      key: 'hostNames.1',
      expected: 'expected a host name of this brand alone; this is one of Acme',
    });
  });

  it('lets a brand keep its own names, also against an older version of itself', () => {
    checkBrand({ ...acme, hostNames: ['b.example', 'a.example'] }, [acme]);
  });

  it('refuses one name twice, and a country without telephone numbers', () => {
    const odd = makeBrand({ id: 'odd', hostNames: ['x.example', 'x.example'], defaultCountry: 'XX' });
    const { details } = refusalOf(() => checkBrand(odd, []));
    expect(details.key).toBe('defaultCountry');
    expect(details.problems).toContain('hostNames.1: expected each host name once');
  });
});

describe('seedBrands', () => {
  let kept: MemoryCollection<BrandSettings>;
  const inFile = makeBrand({ id: 'default', name: 'First' });
  beforeEach(() => {
    kept = new MemoryCollection();
  });

  it('follows the file as long as nobody has edited the brand, with a new revision for each change', async () => {
    await seedBrands(kept, [inFile]);
    expect(await kept.get('default')).toMatchObject({ name: 'First', revision: 1, updatedAtMs: 0 });
    await seedBrands(kept, [inFile]);
    expect(await kept.get('default')).toMatchObject({ revision: 1 });
    await seedBrands(kept, [{ ...inFile, name: 'Second' }]);
    expect(await kept.get('default')).toMatchObject({ name: 'Second', revision: 2, updatedAtMs: 0 });
  });

  it('never writes over an edit', async () => {
    const edited = { ...inFile, name: 'Edited', revision: 7, updatedAtMs: 1 };
    await kept.put(edited);
    await seedBrands(kept, [{ ...inFile, name: 'Second' }]);
    expect(await kept.get('default')).toEqual(edited);
  });

  it('refuses a host name that an edited brand has, and changes nothing then', async () => {
    await kept.put(makeBrand({ id: 'acme', hostNames: ['a.example'], updatedAtMs: 1 }));
    const seeds = [inFile, makeBrand({ id: 'other', hostNames: ['a.example'] })];
    await expect(seedBrands(kept, seeds)).rejects.toMatchObject({ code: 'invalidSetting' });
    expect((await kept.list()).map(({ id }) => id)).toEqual(['acme']);
  });

  it('lets a host name move from one brand of the file to another', async () => {
    await seedBrands(kept, [inFile, makeBrand({ id: 'a', hostNames: ['x.example'] }), makeBrand({ id: 'b' })]);
    await seedBrands(kept, [inFile, makeBrand({ id: 'a' }), makeBrand({ id: 'b', hostNames: ['x.example'] })]);
    expect((await kept.get('b'))?.hostNames).toEqual(['x.example']);
  });
});
