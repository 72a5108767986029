import { createContext, type ReactNode, useContext, useLayoutEffect } from 'react';
import type { Brand } from '../../shared/protocol/index.ts';
import { defaultBrand } from './defaultBrand.ts';
import { paintBrand } from './paintBrand.ts';

const BrandContext = createContext<Brand>(defaultBrand);

/** Paints the whole page as the brand wants. */
export function BrandProvider({ brand, children }: { brand: Brand; children: ReactNode }) {
  // Before the browser paints what is drawn below: it must not be seen in the colours of another.
  useLayoutEffect(() => paintBrand(brand, document), [brand]);
  return <BrandContext value={brand}>{children}</BrandContext>;
}

export function useBrand(): Brand {
  return useContext(BrandContext);
}
