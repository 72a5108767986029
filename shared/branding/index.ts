export { fontFace, fontStack } from './brandFont.ts';
export { drawIcon, type IconState, iconUrl } from './brandIcon.ts';
export { brandVariables } from './brandVariables.ts';
export { checkPalette, listContrasts, type PaletteContrast, type PaletteProblem } from './checkPalette.ts';
export { contrastOf } from './contrast.ts';
export { derivePalette, themeColours } from './derivePalette.ts';
export { defaultPalette, paper } from './palettes.ts';
