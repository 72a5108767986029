import type { BrandPalette } from '../protocol/index.ts';

export type Scheme = keyof BrandPalette;

/** The usual colours: those of a brand without a palette of its own. */
export const defaultPalette: BrandPalette = {
  light: { accent: '#0d5c4d', onAccent: '#ffffff', accentText: '#0b5546', stage: '#0e6151', onStage: '#ffffff' },
  dark: { accent: '#58cbae', onAccent: '#05211a', accentText: '#7fdcc5', stage: '#0f5b4c', onStage: '#ffffff' },
};

/** What no brand changes and colours of brands are painted on: the same as in `client/ui/tokens.css`. */
export const paper = {
  light: { canvas: '#f4f3ef', surface: '#ffffff', surfaceSunken: '#f1efe9' },
  dark: { canvas: '#0d1412', surface: '#151e1b', surfaceSunken: '#1d2824' },
} as const satisfies Record<Scheme, Readonly<Record<string, string>>>;

/** Contrast that text needs (WCAG 2.2, 1.4.3). */
export const textContrast = 4.5;

/** Contrast that controls and signs with meaning need (WCAG 2.2, 1.4.11). */
export const signContrast = 3;
