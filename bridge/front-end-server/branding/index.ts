export { Brands, type BrandsDeps, type BrandsEvents } from './Brands.ts';
export { checkBrand } from './checkBrand.ts';
export { seedBrands } from './seedBrands.ts';
