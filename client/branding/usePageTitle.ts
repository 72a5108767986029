import { useEffect } from 'react';
import { iconUrl } from '../../shared/branding/index.ts';
import { useBrand } from './BrandProvider.tsx';

/** The brand's name and icon at the tab, on a page that has nothing else to say there. */
export function usePageTitle(): void {
  const { name, logo, palette } = useBrand();
  useEffect(() => {
    document.title = name;
    setPageIcon(iconUrl({ logo, palette }));
  }, [name, logo, palette]);
}

export function setPageIcon(url: string): void {
  const link = document.getElementById('favicon');
  if (link?.getAttribute('href') !== url) link?.setAttribute('href', url);
}
