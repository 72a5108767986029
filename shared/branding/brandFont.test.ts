import { describe, expect, it } from 'vitest';
import { fontFace, fontStack } from './brandFont.ts';

describe('the font of a brand', () => {
  it('is the usual one where none is chosen, and always has a stand-in', () => {
    expect(fontStack(null)).toMatch(/^"Figtree Variable", .*sans-serif$/);
    expect(fontStack({ family: 'serif', url: null })).toMatch(/, serif$/);
    expect(fontFace(null)).toBeNull();
  });

  it('is loaded under a name of its own where it was uploaded', () => {
    const one = { family: 'uploaded' as const, url: '/api/v1/branding/assets/abc123' };
    expect(fontFace(one)).toEqual({
      family: 'Brand abc123',
      source: 'url("/api/v1/branding/assets/abc123") format("woff2")',
    });
    expect(fontStack(one)).toMatch(/^"Brand abc123", system-ui/);
    expect(fontFace({ ...one, url: '/api/v1/branding/assets/def' })?.family).toBe('Brand def');
  });

  it.each(['/a/b"); } * { color: red', 'https://elsewhere.example/font', '', '/a/b</style>'])(
    'never lets the address %s into a style sheet',
    (url) => {
      expect(fontFace({ family: 'uploaded', url })).toBeNull();
    },
  );
});
