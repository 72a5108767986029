export { BrandMark } from './BrandMark.tsx';
export { BrandProvider, useBrand } from './BrandProvider.tsx';
export { defaultBrand } from './defaultBrand.ts';
