import { useEffect } from 'react';
import { iconUrl } from '../../shared/branding/index.ts';
import { useBrand, useBrandedPage } from './BrandProvider.tsx';

/** The brand's name and icon at the tab, on a page that has nothing else to say there. */
export function usePageTitle(): void {
  const { name, logo, palette } = useBrand();
  const page = useBrandedPage();
  useEffect(() => {
    page.title = name;
    setPageIcon(iconUrl({ logo, palette }), page);
  }, [name, logo, palette, page]);
}

export function setPageIcon(url: string, page = document): void {
  const link = page.getElementById('favicon');
  if (link?.getAttribute('href') !== url) link?.setAttribute('href', url);
}
