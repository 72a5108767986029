import type { Brand, BrandPalette } from '../protocol/index.ts';
import { defaultPalette } from './palettes.ts';

/** What the telephone does, as the tab's icon tells it. */
export type IconState = 'idle' | 'ringing' | 'talking';

const arches =
  '<g fill="none" stroke="INK" stroke-width="5" stroke-linecap="round"><path d="M12 44a20 20 0 0 1 40 0"/>' +
  '<path d="M22 44a10 10 0 0 1 20 0" stroke-opacity=".65"/></g><circle cx="12" cy="44" r="5" fill="INK"/><circle cx="52" cy="44" r="5" fill="INK"/>';

/** A handset: where the brand's own picture can't carry the state, nobody else's sign may stand in for it. */
const handset =
  '<path fill="none" stroke="INK" stroke-width="5" stroke-linejoin="round" d="M18 14h8l4 11-5 4a22 22 0 0 0 11 11l4-5 11 4v8a4 4 0 0 1-4 4' +
  'C28 51 14 37 14 18a4 4 0 0 1 4-4z"/>';

const states = {
  ringing: { ground: '#b45309', dot: '#f59e0b' },
  talking: { ground: '#15803d', dot: '#22c55e' },
} as const;

/** The usual sign, in the brand's colours or in those of a call; as an SVG file. */
export function drawIcon(
  palette: BrandPalette | null,
  state: IconState,
  sign: 'arches' | 'handset' = 'arches',
): string {
  const { accent, onAccent } = (palette ?? defaultPalette).light;
  const [ground, ink] = state === 'idle' ? [accent, onAccent] : [states[state].ground, '#ffffff'];
  const picture = (sign === 'arches' ? arches : handset).replaceAll('INK', ink);
  const dot =
    state === 'idle'
      ? ''
      : `<circle cx="51" cy="13" r="10" fill="#fff"/><circle cx="51" cy="13" r="6.5" fill="${states[state].dot}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="16" fill="${ground}"/>${picture}${dot}</svg>`;
}

/** Address of the tab's icon under a brand: its own picture, else the usual sign in its colours. */
export function iconUrl({ logo, palette }: Pick<Brand, 'logo' | 'palette'>, state: IconState = 'idle'): string {
  if (logo !== null && state === 'idle') return logo.light;
  const svg = drawIcon(palette, state, logo === null ? 'arches' : 'handset');
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
