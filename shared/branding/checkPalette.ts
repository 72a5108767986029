import type { BrandColours, BrandPalette } from '../protocol/index.ts';
import { contrastOf } from './contrast.ts';
import { deriveColours } from './deriveColours.ts';
import { paper, type Scheme, signContrast, textContrast } from './palettes.ts';

/** Two colours that are painted on each other, and whether they can be told apart. */
export interface PaletteContrast {
  readonly scheme: Scheme;
  /** The colour to change. */
  readonly key: keyof BrandColours;
  /** What it is painted on, in words: `accent`, `the page`. Of several grounds the one where it is worst. */
  readonly ground: string;
  /** From 1 to 21, not rounded (WCAG 2.2, contrast ratio). */
  readonly ratio: number;
  readonly needed: number;
  readonly isEnough: boolean;
}

export interface PaletteProblem extends PaletteContrast {
  /** `onAccent on accent reaches 2.1:1, 4.5:1 is needed` */
  readonly message: string;
}

/** Every pair of the palette's colours that is really painted, those of derived colours among them. */
export function listContrasts(palette: BrandPalette): readonly PaletteContrast[] {
  return (['light', 'dark'] as const).flatMap((scheme) => {
    const colours = palette[scheme];
    const { accentStrong, accentSoft, stage } = deriveColours(colours, scheme);
    const { canvas, surface, surfaceSunken } = paper[scheme];
    const sheets = { 'the page': canvas, sheets: surface };
    const measure = (key: keyof BrandColours, needed: number, grounds: Readonly<Record<string, string>>) => ({
      scheme,
      key,
      needed,
      ...worstOf(colours[key], grounds, needed),
    });
    return [
      measure('onAccent', textContrast, { accent: colours.accent, 'accent under the pointer': accentStrong }),
      measure('accentText', textContrast, {
        ...sheets,
        'sunken sheets': surfaceSunken,
        'the soft ground made of accent': accentSoft,
      }),
      measure('onStage', textContrast, {
        stage: stage[0],
        'the middle of stage': stage[1],
        'the end of stage': stage[2],
      }),
      measure('accent', signContrast, sheets),
    ];
  });
}

/** The pairs that can't be read on each other (WCAG 2.2 level AA: 1.4.3 for text, 1.4.11 for signs); none: the palette is good. */
export function checkPalette(palette: BrandPalette): readonly PaletteProblem[] {
  return listContrasts(palette)
    .filter(({ isEnough }) => !isEnough)
    .map((contrast) => ({ ...contrast, message: describeContrast(contrast) }));
}

function worstOf(colour: string, grounds: Readonly<Record<string, string>>, needed: number) {
  const measured = Object.entries(grounds).map(([ground, onto]) => ({ ground, ratio: contrastOf(colour, onto) }));
  const worst = measured.reduce((a, b) => (b.ratio < a.ratio ? b : a));
  return { ...worst, isEnough: worst.ratio >= needed };
}

/** Rounded down, so that what is just not enough does not look as if it were. */
function describeContrast({ key, ground, ratio, needed }: PaletteContrast): string {
  return `${key} on ${ground} reaches ${(Math.floor(ratio * 10) / 10).toFixed(1)}:1, ${needed}:1 is needed`;
}
