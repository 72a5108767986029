import { brandVariables, fontFace, themeColours } from '../../shared/branding/index.ts';
import type { Brand } from '../../shared/protocol/index.ts';

/**
 * Gives a page the colours, the font and the signs of a brand. Each value is set, also the usual ones: the page may have come
 * in the clothes of another brand.
 */
export function paintBrand(brand: Brand, page: Document): void {
  const { style } = page.documentElement;
  for (const [name, value] of Object.entries(brandVariables(brand))) style.setProperty(name, value);
  loadFont(brand, page);
  const theme = themeColours(brand.palette);
  setAttribute(page, 'meta[name="theme-color"][media*="light"]', 'content', theme.light);
  setAttribute(page, 'meta[name="theme-color"][media*="dark"]', 'content', theme.dark);
  setAttribute(page, '#manifest', 'rel', 'manifest');
  setAttribute(page, '#manifest', 'href', `/manifest.webmanifest?brand=${encodeURIComponent(brand.id)}`);
}

function setAttribute(page: Document, selector: string, name: string, value: string): void {
  const element = page.querySelector(selector);
  // Browsers fetch a manifest anew when it is set again.
  if (element !== null && element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function loadFont({ font }: Brand, page: Document): void {
  const face = fontFace(font);
  // A page takes only fonts that were made in it.
  const FontFace = page.defaultView?.FontFace;
  if (face === null || FontFace === undefined) return;
  const isKnown = [...page.fonts].some(({ family }) => family.replaceAll('"', '') === face.family);
  if (!isKnown) page.fonts.add(new FontFace(face.family, face.source, { weight: '100 900', display: 'swap' }));
}
