import type { BrandColours } from '../protocol/index.ts';
import { contrastOf, luminanceOf } from './contrast.ts';
import { fromOklch, mix, type Oklch, toOklch } from './oklch.ts';
import { type Scheme, signContrast, textContrast } from './palettes.ts';

/** Every colour of one scheme that the brand's five lead to. */
export interface DerivedColours {
  /** Under the pointer; text on it is at least as readable as on the accent. */
  readonly accentStrong: string;
  /** A quiet ground with a breath of the accent. */
  readonly accentSoft: string;
  readonly sign: string;
  readonly onSign: string;
  /** The ground of the stage from its begin to its end; each further from the text's colour than the one before. */
  readonly stage: readonly [string, string, string];
  readonly stageMuted: string;
  /** With how much of it controls on the stage are filled, as CSS. */
  readonly stageFill: string;
  readonly stageFillHover: string;
  /** Text where the ground is the stage's text colour. */
  readonly stageOn: string;
  readonly stageArch: string;
  readonly stageAvatar: string;
  readonly onStageAvatar: string;
}

/** By how much lightness and chroma change; the hue stays. */
interface Step {
  readonly lightness: number;
  readonly chroma: number;
}

const soft = {
  light: { lightness: 0.932, chroma: 0.27, most: 0.04 },
  dark: { lightness: 0.303, chroma: 0.35, most: 0.06 },
} as const satisfies Record<Scheme, Step & { most: number }>;

const stageSteps = {
  light: [
    { lightness: 0.835, chroma: 0.8 },
    { lightness: 0.627, chroma: 0.545 },
  ],
  dark: [
    { lightness: 0.745, chroma: 0.69 },
    { lightness: 0.537, chroma: 0.43 },
  ],
} as const satisfies Record<Scheme, readonly [Step, Step]>;

/** Below and above these a colour can't be made visibly darker, or lighter. */
const nearlyBlack = 0.25;
const nearlyWhite = 0.95;

export function deriveColours(colours: BrandColours, scheme: Scheme): DerivedColours {
  const { accent, stage, onStage } = colours;
  const isDarkStage = luminanceOf(onStage) > luminanceOf(stage);
  const away = (step: Step) => stepped(stage, step, !isDarkStage);
  const [middle, end] = stageSteps[scheme];
  const hued = (lightness: number, share: number) => fromOklch({ ...scaled(stage, share), lightness });
  const avatar = isDarkStage ? hued(0.931, 0.38) : hued(0.45, 0.6);
  return {
    accentStrong: deriveStrong(colours),
    accentSoft: deriveSoft(accent, scheme),
    ...deriveSign(colours, scheme),
    stage: [stage, away(middle), away(end)],
    stageMuted: deriveMuted(colours),
    stageFill: deriveFill(colours, isDarkStage, 0.12),
    stageFillHover: deriveFill(colours, isDarkStage, 0.2),
    stageOn: away({ lightness: 0.75, chroma: 0.7 }),
    stageArch: isDarkStage ? hued(0.855, 1.13) : hued(0.5, 1),
    stageAvatar: avatar,
    onStageAvatar: isDarkStage ? hued(0.369, 0.8) : '#ffffff',
  };
}

/** Darker or lighter by the share of what is left until black or white. */
function stepped(colour: string, { lightness, chroma }: Step, isLighter: boolean): string {
  const from = toOklch(colour);
  const to = isLighter ? 1 - (1 - from.lightness) * lightness : from.lightness * lightness;
  return fromOklch({ ...from, lightness: to, chroma: from.chroma * chroma });
}

function scaled(colour: string, share: number): Oklch {
  const from = toOklch(colour);
  return { ...from, chroma: from.chroma * share };
}

/** Away from the text's colour; where the accent is at the end already, a little towards it if that leaves enough. */
function deriveStrong({ accent, onAccent }: BrandColours): string {
  const isDark = luminanceOf(onAccent) > luminanceOf(accent);
  const { lightness, chroma, hue } = toOklch(accent);
  if (isDark ? lightness >= nearlyBlack : lightness <= nearlyWhite) {
    return stepped(accent, { lightness: isDark ? 0.865 : 0.74, chroma: 0.865 }, !isDark);
  }
  const towards = fromOklch({ lightness: lightness + (isDark ? 0.1 : -0.08), chroma, hue });
  return contrastOf(towards, onAccent) >= textContrast ? towards : accent;
}

function deriveSoft(accent: string, scheme: Scheme): string {
  const { lightness, chroma: share, most } = soft[scheme];
  const { chroma, hue } = toOklch(accent);
  return fromOklch({ lightness, chroma: Math.min(most, chroma * share), hue });
}

/** The sign is quieter in the dark: the stage, lifted as far as what is drawn on it stays clear. */
function deriveSign({ accent, onAccent, stage, onStage }: BrandColours, scheme: Scheme) {
  if (scheme === 'light') return { sign: accent, onSign: onAccent };
  const { lightness, chroma, hue } = toOklch(stage);
  const lifted = fromOklch({ lightness: lightness * 1.18, chroma: chroma * 1.19, hue });
  return { sign: contrastOf(lifted, onStage) >= signContrast ? lifted : stage, onSign: onStage };
}

/** As quiet as text may be on the stage; as loud as all other text where the brand leaves no room. */
function deriveMuted({ stage, onStage }: BrandColours): string {
  for (let share = 0.22; share > 0; share -= 0.02) {
    const muted = mix(onStage, stage, share);
    if (contrastOf(muted, stage) >= textContrast) return muted;
  }
  return onStage;
}

/** A veil of the text's colour; of the opposite where the text on it could not be read. */
function deriveFill({ stage, onStage }: BrandColours, isDarkStage: boolean, share: number): string {
  const filled = mix(stage, onStage, share);
  if (contrastOf(filled, onStage) >= textContrast) return `${onStage}${alpha(share)}`;
  return `${isDarkStage ? '#000000' : '#ffffff'}${alpha(share * 1.4)}`;
}

function alpha(share: number): string {
  return Math.round(share * 255)
    .toString(16)
    .padStart(2, '0');
}
