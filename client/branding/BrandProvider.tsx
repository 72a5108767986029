import { createContext, type ReactNode, useContext, useEffect } from 'react';
import type { Brand } from '../../shared/protocol/index.ts';
import { defaultBrand } from './defaultBrand.ts';

const BrandContext = createContext<Brand>(defaultBrand);

/** Paints everything below it as the brand wants, and the page's language with it. */
export function BrandProvider({ brand, children }: { brand: Brand; children: ReactNode }) {
  useEffect(() => {
    document.documentElement.lang = brand.language;
  }, [brand.language]);
  return <BrandContext value={brand}>{children}</BrandContext>;
}

export function useBrand(): Brand {
  return useContext(BrandContext);
}
