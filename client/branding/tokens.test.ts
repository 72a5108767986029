import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { defaultPalette, derivePalette, paper } from '../../shared/branding/index.ts';

const css = await readFile(`${import.meta.dirname}/../ui/tokens.css`, 'utf8');
const root = css.slice(0, css.indexOf('}\n'));
const tokens = new Map(
  [...root.matchAll(/^ {2}(--[\w-]+):([^;]+);/gm)].map(([, name, value]) => [name, tidy(value ?? '')]),
);

function tidy(value: string): string {
  return value.replace(/\s+/g, ' ').replaceAll('( ', '(').replaceAll(' )', ')').trim();
}

describe('client/ui/tokens.css', () => {
  it('has for every variable of a brand what the usual palette gives, and no other variable of that kind', () => {
    const derived = derivePalette(null);
    for (const [name, value] of Object.entries(derived)) expect([name, tokens.get(name)]).toEqual([name, value]);
    const ofBrand = [...tokens.keys()].filter((name) => /^--(brand|stage)/.test(name ?? ''));
    expect(new Set(Object.keys(derived))).toEqual(new Set(ofBrand));
    expect(derivePalette(defaultPalette)).toEqual(derived);
  });

  it('has the paper that palettes are checked against', () => {
    const lightDark = (key: keyof typeof paper.light) => `light-dark(${paper.light[key]}, ${paper.dark[key]})`;
    expect(tokens.get('--canvas')).toBe(lightDark('canvas'));
    expect(tokens.get('--surface')).toBe(lightDark('surface'));
    expect(tokens.get('--surface-sunken')).toBe(lightDark('surfaceSunken'));
  });
});
