/** Parts of a colour `#rrggbb`, each from 0 to 1, as they are in sRGB. */
export function channelsOf(colour: string): readonly [number, number, number] {
  const part = (from: number) => Number.parseInt(colour.slice(from, from + 2), 16) / 255;
  return [part(1), part(3), part(5)];
}

/** The share of light of one sRGB channel (WCAG 2.2, relative luminance). */
export function toLinear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

/** Relative luminance of a colour `#rrggbb`: 0 is black, 1 is white (WCAG 2.2). */
export function luminanceOf(colour: string): number {
  const [red, green, blue] = channelsOf(colour);
  return 0.2126 * toLinear(red) + 0.7152 * toLinear(green) + 0.0722 * toLinear(blue);
}

/** Contrast ratio of two colours `#rrggbb`, from 1 to 21 (WCAG 2.2). Not rounded: 4.49 is not 4.5. */
export function contrastOf(one: string, other: string): number {
  const [a, b] = [luminanceOf(one), luminanceOf(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
