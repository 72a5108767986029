import { brandVariables, fontFace, iconUrl, themeColours } from '../../shared/branding/index.ts';
import type { Brand } from '../../shared/protocol/index.ts';

/** Between these marks `client/index.html` has what it looks like without a bridge. */
const brandedPart = /<!-- brand -->[\s\S]*?<!-- \/brand -->/;

/**
 * The client's page in the clothes of a brand, so that its first paint is right: name, icon, colours, font, and the brand
 * itself as JSON. Null: a page that must not show any brand before it knows whose it is.
 */
export function brandPage(html: string, brand: Brand | null, nonce: string): string {
  const dressed = html
    // The components make a few <style> elements of their own and take the nonce for them from here.
    .replace('<head>', () => `<head><meta property="csp-nonce" nonce="${nonce}">`)
    .replace(brandedPart, () => (brand === null ? neutralHead : renderHead(brand, nonce)));
  return brand === null
    ? dressed
    : dressed.replace('<html lang="en">', () => `<html lang="${escapeHtml(brand.language)}">`);
}

const { light, dark } = themeColours(null);
const neutralHead = [
  '<title>…</title>',
  `<meta name="theme-color" media="(prefers-color-scheme: light)" content="${light}">`,
  `<meta name="theme-color" media="(prefers-color-scheme: dark)" content="${dark}">`,
  '<link id="favicon" rel="icon" href="data:,">',
  '<link id="manifest">',
].join('\n    ');

function renderHead(brand: Brand, nonce: string): string {
  const theme = themeColours(brand.palette);
  const icon = escapeHtml(iconUrl(brand));
  return [
    `<title>${escapeHtml(brand.name)}</title>`,
    `<meta name="theme-color" media="(prefers-color-scheme: light)" content="${theme.light}">`,
    `<meta name="theme-color" media="(prefers-color-scheme: dark)" content="${theme.dark}">`,
    `<link id="favicon" rel="icon" href="${icon}">`,
    `<link rel="apple-touch-icon" href="${icon}">`,
    `<link id="manifest" rel="manifest" href="/manifest.webmanifest?brand=${encodeURIComponent(brand.id)}">`,
    `<style nonce="${nonce}">${renderStyle(brand)}</style>`,
    `<script type="application/json" id="brand">${escapeJson(brand)}</script>`,
  ].join('\n    ');
}

/** Colours and ids of assets alone, each of a schema that lets nothing else through. Twice `:root`: over the client's own values. */
function renderStyle(brand: Brand): string {
  const rules = Object.entries(brandVariables(brand)).map(([name, value]) => `${name}:${value}`);
  const face = fontFace(brand.font);
  const loaded =
    face && `@font-face{font-family:"${face.family}";src:${face.source};font-weight:100 900;font-display:swap}`;
  return `${loaded ?? ''}:root:root{${rules.join(';')}}`;
}

/** JSON in which no tag can end the element that it stands in. */
function escapeJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
