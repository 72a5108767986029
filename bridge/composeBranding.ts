import { type BrandSettings, brandSettingsSchema } from '../shared/admin/index.ts';
import { DialbridgeError } from '../shared/errors/index.ts';
import type { Config } from './config/index.ts';
import { BrandAssets, Brands, brandAssetSchema, seedBrands } from './front-end-server/index.ts';
import { type Clock, drop, type Logger } from './observability/index.ts';
import { StartError } from './StartError.ts';
import type { Storage } from './storage/index.ts';

interface BrandingDeps {
  readonly config: Pick<Config, 'brand' | 'seed'>;
  readonly storage: Pick<Storage, 'openCollection'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The brands, those of the configuration among them, and their pictures and fonts. @throws StartError when two brands want one host name */
export async function composeBranding({ config, storage, clock, logger }: BrandingDeps) {
  const stored = await storage.openCollection('brands', brandSettingsSchema);
  const defaultBrand = toDefaultBrand(config.brand);
  try {
    await seedBrands(stored, [defaultBrand, ...config.seed.brands.map((brand) => brandSettingsSchema.parse(brand))]);
  } catch (error) {
    if (!(error instanceof DialbridgeError)) throw error;
    throw new StartError(`A brand of the configuration can’t be used: ${error.message}`, { cause: error });
  }
  const brands = await Brands.create({ brands: stored, defaultBrand, clock, logger });
  const brandAssets = new BrandAssets({
    assets: await storage.openCollection('brand-assets', brandAssetSchema, { shards: 64 }),
    brands,
    clock,
  });
  await brandAssets.removeUnused();
  brands.events.on('changed', ({ brandId }) =>
    drop(brandAssets.removeUnused(brandId), logger, 'removing what a brand does not use'),
  );
  return { brands, brandAssets, close: () => brands.close() };
}

function toDefaultBrand({ font, ...rest }: Config['brand']): BrandSettings {
  return brandSettingsSchema.parse({ ...rest, font: font && { ...font, assetId: null } });
}
