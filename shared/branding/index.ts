export { checkPalette, listContrasts, type PaletteContrast, type PaletteProblem } from './checkPalette.ts';
export { contrastOf } from './contrast.ts';
export { derivePalette, themeColours } from './derivePalette.ts';
export { defaultPalette } from './palettes.ts';
