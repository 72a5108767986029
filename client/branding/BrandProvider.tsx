import { createContext, type ReactNode, useContext } from 'react';
import type { Brand } from '../../shared/protocol/index.ts';
import { defaultBrand } from './defaultBrand.ts';

const BrandContext = createContext<Brand>(defaultBrand);

/** Paints everything below it as the brand wants. */
export function BrandProvider({ brand, children }: { brand: Brand; children: ReactNode }) {
  return <BrandContext value={brand}>{children}</BrandContext>;
}

export function useBrand(): Brand {
  return useContext(BrandContext);
}
