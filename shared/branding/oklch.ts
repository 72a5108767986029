import { channelsOf, toLinear } from './contrast.ts';

/**
 * A colour by lightness (0 black, 1 white), chroma (0 grey) and hue in radians, in the Oklab space (CSS Color Module Level 4,
 * section 9), where equal steps look equal, so that one derivation suits every hue.
 */
export interface Oklch {
  readonly lightness: number;
  readonly chroma: number;
  readonly hue: number;
}

export function toOklch(colour: string): Oklch {
  const [r, g, b] = channelsOf(colour).map(toLinear) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const greenRed = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const blueYellow = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    chroma: Math.hypot(greenRed, blueYellow),
    hue: Math.atan2(blueYellow, greenRed),
  };
}

/** As `#rrggbb`. What sRGB can't show loses chroma until it can: lightness, which contrast lives on, and hue stay. */
export function fromOklch(wanted: Oklch): string {
  const lightness = Math.min(1, Math.max(0, wanted.lightness));
  for (let share = 1; share > 0; share -= 0.02) {
    const channels = toChannels({ ...wanted, lightness, chroma: wanted.chroma * share });
    if (channels.every((channel) => channel >= -0.0005 && channel <= 1.0005)) return toHex(channels);
  }
  return toHex(toChannels({ ...wanted, lightness, chroma: 0 }));
}

/** `one` with a share of `other` in it, channel by channel as `color-mix(in srgb)` and transparency do it. */
export function mix(one: string, other: string, share: number): string {
  const into = channelsOf(other);
  return toHex(channelsOf(one).map((channel, index) => channel * (1 - share) + (into[index] ?? 0) * share));
}

function toChannels({ lightness, chroma, hue }: Oklch): readonly number[] {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map(toSrgb);
}

function toSrgb(linear: number): number {
  return linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
}

function toHex(channels: readonly number[]): string {
  const parts = channels.map((channel) => Math.round(Math.min(1, Math.max(0, channel)) * 255));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
