import type { Brand } from '../protocol/index.ts';

type Font = Brand['font'];

const plain = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

const families = {
  figtree: `"Figtree Variable", ${plain}`,
  system: plain,
  serif: 'ui-serif, "Iowan Old Style", Charter, "Source Serif 4", Georgia, Cambria, serif',
  rounded: `ui-rounded, "SF Pro Rounded", "Hiragino Maru Gothic ProN", Quicksand, Nunito, "Arial Rounded MT Bold", ${plain}`,
  uploaded: plain,
} as const;

/** Value of `--font` under a brand: its family, and what stands in where the machine doesn't have it. */
export function fontStack(font: Font): string {
  const face = fontFace(font);
  return `${face === null ? '' : `"${face.family}", `}${families[font?.family ?? 'figtree']}`;
}

/** The uploaded font that a page must load under a brand; null where it is built in. Each file has a family name of its own. */
export function fontFace(font: Font): { readonly family: string; readonly source: string } | null {
  const id = /^[/\w-]+\/([a-z0-9]+)$/.exec(font?.url ?? '')?.[1];
  if (font?.family !== 'uploaded' || id === undefined) return null;
  return { family: `Brand ${id.slice(0, 16)}`, source: `url("${font.url}") format("woff2")` };
}
