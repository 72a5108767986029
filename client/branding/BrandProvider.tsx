import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo } from 'react';
import type { Brand } from '../../shared/protocol/index.ts';
import { defaultBrand } from './defaultBrand.ts';
import { paintBrand } from './paintBrand.ts';

interface Branded {
  readonly brand: Brand;
  /** The page that wears the brand; null: this one. */
  readonly page: Document | null;
}

const BrandContext = createContext<Branded>({ brand: defaultBrand, page: null });

export interface BrandProviderProps {
  readonly brand: Brand;
  /** The page that is painted; absent: this one. A preview has a page of its own. */
  readonly page?: Document;
  readonly children: ReactNode;
}

/** Paints the whole page as the brand wants. */
export function BrandProvider({ brand, page = document, children }: BrandProviderProps) {
  // Before the browser paints what is drawn below: it must not be seen in the colours of another.
  useLayoutEffect(() => paintBrand(brand, page), [brand, page]);
  const value = useMemo(() => ({ brand, page }), [brand, page]);
  return <BrandContext value={value}>{children}</BrandContext>;
}

export function useBrand(): Brand {
  return useContext(BrandContext).brand;
}

/** The page that wears the brand. */
export function useBrandedPage(): Document {
  return useContext(BrandContext).page ?? document;
}
