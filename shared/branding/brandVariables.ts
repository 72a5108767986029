import type { Brand } from '../protocol/index.ts';
import { fontStack } from './brandFont.ts';
import { derivePalette } from './derivePalette.ts';

/** Everything that a brand sets in CSS: on the root of a page, or around a preview. */
export function brandVariables({
  palette,
  font,
}: Pick<Brand, 'palette' | 'font'>): Readonly<Record<`--${string}`, string>> {
  return { ...derivePalette(palette), '--font': fontStack(font) };
}
