import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyText } from './anyText.ts';

it('gives whole characters alone, from the first to the last, as many as it may, and harmful names among them', () => {
  const texts = fc.sample(anyText({ minLength: 1, maxLength: 10 }), { numRuns: 20_000, seed: 1 });
  expect(texts.filter((text) => !text.isWellFormed())).toEqual([]);
  expect(new Set(texts.map((text) => [...text].length))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
  expect(texts.some((text) => text.includes('__proto__'))).toBe(true);
  const all = new Set(texts.join(''));
  for (const border of ['\0', '\u{10ffff}']) expect(all).toContain(border);
});
