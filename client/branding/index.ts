export { BrandLinks } from './BrandLinks.tsx';
export { BrandMark } from './BrandMark.tsx';
export { BrandProvider, useBrand } from './BrandProvider.tsx';
export { defaultBrand } from './defaultBrand.ts';
export { PageBrand } from './PageBrand.ts';
export { setPageIcon, usePageTitle } from './usePageTitle.ts';
