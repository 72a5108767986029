import type { BrandPalette } from '../protocol/index.ts';
import { type DerivedColours, deriveColours } from './deriveColours.ts';
import { defaultPalette, paper } from './palettes.ts';

/**
 * The CSS variables of `client/ui/tokens.css` that a brand sets, each for both schemes. Their values are made of checked colours
 * alone, so that they can stand in a style sheet as they are. Null: the usual colours.
 */
export function derivePalette(palette: BrandPalette | null): Readonly<Record<`--${string}`, string>> {
  const colours = palette ?? defaultPalette;
  const derived = { light: deriveColours(colours.light, 'light'), dark: deriveColours(colours.dark, 'dark') };
  const written = (key: 'accent' | 'onAccent' | 'accentText' | 'onStage') =>
    lightDark(colours.light[key], colours.dark[key]);
  const made = (key: Exclude<keyof DerivedColours, 'stage'>) => lightDark(derived.light[key], derived.dark[key]);
  const stage = (at: 0 | 1 | 2) => lightDark(derived.light.stage[at], derived.dark.stage[at]);
  return {
    '--brand': written('accent'),
    '--brand-strong': made('accentStrong'),
    '--brand-on': written('onAccent'),
    '--brand-soft': made('accentSoft'),
    '--brand-text': written('accentText'),
    '--brand-sign': made('sign'),
    '--brand-sign-on': made('onSign'),
    '--brand-stage': `linear-gradient(165deg, ${stage(0)} 0%, ${stage(1)} 52%, ${stage(2)} 100%)`,
    '--stage-text': written('onStage'),
    '--stage-muted': made('stageMuted'),
    '--stage-fill': made('stageFill'),
    '--stage-fill-hover': made('stageFillHover'),
    '--stage-on': made('stageOn'),
    '--stage-arch': made('stageArch'),
    '--stage-avatar': made('stageAvatar'),
    '--stage-avatar-on': made('onStageAvatar'),
  };
}

/** What the browser may paint its own frame with: the stage of a brand with colours of its own, else plain paper. */
export function themeColours(palette: BrandPalette | null): { readonly light: string; readonly dark: string } {
  if (palette === null) return { light: paper.light.canvas, dark: paper.dark.canvas };
  return { light: palette.light.stage, dark: palette.dark.stage };
}

function lightDark(light: string, dark: string): string {
  return light === dark ? light : `light-dark(${light}, ${dark})`;
}
