import { type BrandSettings, brandSettingsSchema } from '../../../shared/admin/index.ts';
import type { Clock, Logger } from '../../observability/index.ts';
import { MemoryCollection } from '../../storage/memory/index.ts';
import { Brands } from '../branding/index.ts';

/** A brand as it would be kept; what is not said is usual. */
export function makeBrand(said: { id: string } & Partial<Omit<BrandSettings, 'id'>>): BrandSettings {
  return brandSettingsSchema.parse({ name: said.id, ...said });
}

/** A book of the default brand and of others. Close it. */
export function openBrands(
  deps: { readonly clock: Clock; readonly logger: Logger },
  others: readonly BrandSettings[] = [],
): Promise<Brands> {
  const defaultBrand = makeBrand({ id: 'default', name: 'Dialbridge' });
  return Brands.create({ ...deps, brands: new MemoryCollection([defaultBrand, ...others]), defaultBrand });
}
