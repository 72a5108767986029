import { contrastOf, defaultPalette } from '../../shared/branding/index.ts';
import type { Brand } from '../../shared/protocol/index.ts';

/** What a logo stands on: the page, or the stage (sign-in, call). */
export type LogoGround = 'page' | 'stage';

export interface LogoPicture {
  readonly url: string;
  /** It was made for a light ground and stands on a dark one: it gets a light plate of its own. */
  readonly needsPlate: boolean;
}

/** The picture for each scheme; the same one where both are alike. Null: the brand has no picture. */
export function logoFor(
  { logo, palette }: Pick<Brand, 'logo' | 'palette'>,
  ground: LogoGround,
): { readonly light: LogoPicture; readonly dark: LogoPicture } | null {
  if (logo === null) return null;
  const pictureOn = (isDark: boolean): LogoPicture =>
    isDark && logo.dark !== null ? { url: logo.dark, needsPlate: false } : { url: logo.light, needsPlate: isDark };
  if (ground === 'page') return { light: pictureOn(false), dark: pictureOn(true) };
  const { light, dark } = palette ?? defaultPalette;
  return { light: pictureOn(isDarkColour(light.stage)), dark: pictureOn(isDarkColour(dark.stage)) };
}

function isDarkColour(colour: string): boolean {
  return contrastOf(colour, '#ffffff') > contrastOf(colour, '#000000');
}
