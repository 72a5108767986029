import { isDeepStrictEqual } from 'node:util';
import { type BrandSettings, brandSettingsSchema } from '../../../shared/admin/index.ts';
import type { Collection } from '../../storage/index.ts';
import { checkBrand } from './checkBrand.ts';

/**
 * Puts the brands of the configuration into storage: those that nobody has edited there follow the file, the others stay.
 * @throws DialbridgeError `invalidSetting` where one would take a host name of a brand that stays
 */
export async function seedBrands(
  brands: Pick<Collection<BrandSettings>, 'updateAll'>,
  seeds: readonly BrandSettings[],
): Promise<void> {
  await brands.updateAll((present) => {
    const after = new Map(present);
    for (const seed of seeds) {
      const before = present.get(seed.id);
      if (before === undefined || before.updatedAtMs === 0) after.set(seed.id, follow(seed, before));
    }
    for (const seed of seeds) {
      const placed = after.get(seed.id);
      if (placed?.updatedAtMs === 0) checkBrand(placed, after.values());
    }
    return after;
  });
}

/** A file that says the same changes nothing; one that says something else makes a new revision. */
function follow(seed: BrandSettings, before: BrandSettings | undefined): BrandSettings {
  const revision = before?.revision ?? 1;
  const next = brandSettingsSchema.parse({ ...seed, revision, updatedAtMs: 0 });
  return before === undefined || isDeepStrictEqual(next, before) ? next : { ...next, revision: revision + 1 };
}
