export { type BrandAsset, brandAssetSchema } from './BrandAsset.ts';
export { BrandAssets, type BrandAssetsDeps, type BrandLooks } from './BrandAssets.ts';
export { Brands, type BrandsDeps, type BrandsEvents } from './Brands.ts';
export { checkBrand } from './checkBrand.ts';
export { PublicOrigins, type PublicOriginsDeps, withHost } from './PublicOrigins.ts';
export { seedBrands } from './seedBrands.ts';
