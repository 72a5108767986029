import type { Brand } from '../protocol/index.ts';

const plain = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

const families = {
  figtree: `"Figtree Variable", ${plain}`,
  system: plain,
  serif: 'ui-serif, "Iowan Old Style", Charter, "Source Serif 4", Georgia, Cambria, serif',
  rounded: `ui-rounded, "SF Pro Rounded", "Hiragino Maru Gothic ProN", Quicksand, Nunito, "Arial Rounded MT Bold", ${plain}`,
  uploaded: `"Brand Font", ${plain}`,
} as const;

/** Name under which an uploaded font is known to the page. */
export const uploadedFontFamily = 'Brand Font';

/** Value of `--font` under a brand: its family, and what stands in where the machine doesn't have it. */
export function fontStack(font: Brand['font']): string {
  return families[font?.family ?? 'figtree'];
}
