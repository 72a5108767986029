import { describe, expect, it } from 'vitest';
import { brandDraftSchema } from '../admin/index.ts';
import type { BrandColours, BrandPalette } from '../protocol/index.ts';
import { checkPalette, listContrasts } from './checkPalette.ts';
import { contrastOf } from './contrast.ts';
import { deriveColours } from './deriveColours.ts';
import { defaultPalette, paper, type Scheme } from './palettes.ts';

function withLight(colours: Partial<BrandColours>): BrandPalette {
  return { ...defaultPalette, light: { ...defaultPalette.light, ...colours } };
}

const messagesOf = (palette: BrandPalette) => checkPalette(palette).map(({ message }) => message);

describe('contrastOf', () => {
  it.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    ['#767676', '#ffffff', 4.542],
    ['#777777', '#ffffff', 4.478],
    ['#ff0000', '#ffffff', 3.998],
    ['#0000ff', '#ffffff', 8.592],
  ])('of %s and %s is what WCAG’s formula gives, in either order', (one, other, ratio) => {
    expect(contrastOf(one, other)).toBeCloseTo(ratio, 3);
    expect(contrastOf(other, one)).toBe(contrastOf(one, other));
  });
});

describe('checkPalette', () => {
  it('finds nothing wrong with the usual colours', () => {
    expect(checkPalette(defaultPalette)).toEqual([]);
  });

  it('names the pair, the ratio that it reaches and the one that is needed', () => {
    expect(messagesOf(withLight({ accent: '#f5a623', onAccent: '#ffffff' }))).toEqual([
      'onAccent on accent reaches 2.0:1, 4.5:1 is needed',
      'accent on the page reaches 1.8:1, 3:1 is needed',
    ]);
  });

  it('takes the first grey that white can be read on and refuses the next lighter one', () => {
    expect(messagesOf(withLight({ accent: '#767676', accentText: '#0b5546' }))).toEqual([]);
    expect(messagesOf(withLight({ accent: '#777777', accentText: '#0b5546' }))).toEqual([
      'onAccent on accent reaches 4.4:1, 4.5:1 is needed',
    ]);
  });

  it('does not round up what is just not enough', () => {
    const problems = checkPalette(withLight({ accent: '#777777' }));
    expect(problems[0]?.ratio).toBeGreaterThan(4.45);
    expect(problems[0]?.isEnough).toBe(false);
  });

  it('looks at text in the brand’s colour on the darkest of its grounds, that made of the accent among them', () => {
    expect(contrastOf('#767676', paper.light.surface)).toBeGreaterThan(4.5);
    const onSunken = checkPalette(withLight({ accentText: '#767676' }));
    expect(onSunken.map(({ key, ground }) => [key, ground])).toEqual([
      ['accentText', 'the soft ground made of accent'],
    ]);
    expect(onSunken[0]?.ratio).toBeLessThan(contrastOf('#767676', paper.light.surfaceSunken));
  });

  it('looks at controls on the page and on sheets, whichever is worse', () => {
    const dark = { ...defaultPalette.dark, accent: '#69645f', onAccent: '#ffffff' };
    const [problem] = checkPalette({ ...defaultPalette, dark });
    expect(problem).toMatchObject({ scheme: 'dark', key: 'accent', ground: 'sheets', needed: 3 });
    expect(contrastOf(dark.accent, paper.dark.canvas)).toBeGreaterThan(3);
  });

  it('looks at the stage from its begin to its end', () => {
    expect(messagesOf(withLight({ stage: '#8fb5ff', onStage: '#ffffff' }))).toEqual([
      'onStage on stage reaches 2.0:1, 4.5:1 is needed',
    ]);
    const grounds = listContrasts(defaultPalette).filter(({ key }) => key === 'onStage');
    expect(grounds.map(({ ground }) => ground)).toEqual(['stage', 'stage']);
  });

  it('checks dark and light apart', () => {
    const onlyDark = { ...defaultPalette, dark: { ...defaultPalette.dark, onAccent: '#58cbae' } };
    expect(checkPalette(onlyDark)).toMatchObject([{ scheme: 'dark', key: 'onAccent', ratio: 1 }]);
  });
});

describe('a draft of a brand', () => {
  it('is refused for colours that can’t be read, at their place', () => {
    const palette = withLight({ onStage: '#0b4a40' });
    const { error } = brandDraftSchema.safeParse({ name: 'Acme', palette });
    expect(error?.issues).toMatchObject([
      { path: ['palette', 'light', 'onStage'], message: 'onStage on stage reaches 1.3:1, 4.5:1 is needed' },
    ]);
    expect(brandDraftSchema.parse({ name: 'Acme', palette: defaultPalette }).palette).toEqual(defaultPalette);
  });

  it.each([
    [{ family: 'uploaded' }, 'expected an uploaded WOFF2 file'],
    [{ family: 'serif', assetId: 'a'.repeat(64) }, 'expected null, since the font is built in'],
  ])('is refused for the font %j', (font, message) => {
    const { error } = brandDraftSchema.safeParse({ name: 'Acme', font });
    expect(error?.issues).toMatchObject([{ path: ['font', 'assetId'], message }]);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://a.example', 'not a link'])('has no link %s', (url) => {
    expect(brandDraftSchema.safeParse({ name: 'Acme', supportUrl: url }).success).toBe(false);
    expect(brandDraftSchema.safeParse({ name: 'Acme', legalLinks: [{ label: 'x', url }] }).success).toBe(false);
  });

  it('takes links by mail and web, and languages as they are written', () => {
    const draft = { name: 'Acme', supportUrl: 'mailto:help@acme.example', language: 'de-AT' };
    expect(brandDraftSchema.parse(draft)).toMatchObject(draft);
    for (const language of ['e n', 'english!', '1']) {
      expect(brandDraftSchema.safeParse({ name: 'Acme', language }).success).toBe(false);
    }
  });
});

describe('derived colours', () => {
  /** Colours all over sRGB, each with the text that is nearest to unreadable on it and still allowed. */
  const grounds = Array.from({ length: 512 }, (_, index) => {
    const part = (shift: number) => (((index >> shift) & 7) * 36).toString(16).padStart(2, '0');
    return `#${part(6)}${part(3)}${part(0)}`;
  });
  const greys = Array.from({ length: 256 }, (_, grey) => `#${grey.toString(16).padStart(2, '0').repeat(3)}`);
  const barelyReadableOn = (ground: string) =>
    greys
      .filter((grey) => contrastOf(grey, ground) >= 4.5)
      .toSorted((a, b) => contrastOf(a, ground) - contrastOf(b, ground))[0] ?? '#000000';

  it.each(['light', 'dark'] as const)('can be read wherever the brand’s own can, in the %s', (scheme: Scheme) => {
    for (const ground of grounds) {
      const text = barelyReadableOn(ground);
      const base = defaultPalette[scheme];
      const colours = { ...base, accent: ground, onAccent: text, stage: ground, onStage: text };
      const derived = deriveColours(colours, scheme);
      const place = `${text} on ${ground}`;
      expect(contrastOf(text, derived.accentStrong), place).toBeGreaterThanOrEqual(4.5);
      for (const stage of derived.stage) expect(contrastOf(text, stage), place).toBeGreaterThanOrEqual(4.5);
      expect(contrastOf(derived.stageMuted, ground), place).toBeGreaterThanOrEqual(4.5);
      expect(contrastOf(derived.stageOn, text), place).toBeGreaterThanOrEqual(4.5);
      expect(contrastOf(derived.onSign, derived.sign), place).toBeGreaterThanOrEqual(3);
      expect(contrastOf(derived.onStageAvatar, derived.stageAvatar), place).toBeGreaterThanOrEqual(4.5);
      for (const fill of [derived.stageFill, derived.stageFillHover]) {
        expect(contrastOf(text, overlaid(ground, fill)), place).toBeGreaterThanOrEqual(4.5);
      }
      // What the pages write on the soft ground besides the brand's colour.
      const muted = scheme === 'light' ? '#56625d' : '#a3b3ad';
      expect(contrastOf(muted, derived.accentSoft), place).toBeGreaterThanOrEqual(4.5);
    }
  });

  function overlaid(ground: string, veil: string): string {
    const alpha = Number.parseInt(veil.slice(7), 16) / 255;
    const part = (from: number) =>
      Math.round(
        Number.parseInt(ground.slice(from, from + 2), 16) * (1 - alpha) +
          Number.parseInt(veil.slice(from, from + 2), 16) * alpha,
      );
    return `#${[1, 3, 5].map((from) => part(from).toString(16).padStart(2, '0')).join('')}`;
  }
});
