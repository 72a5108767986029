import { describe, expect, it } from 'vitest';
import { Loudness } from './Loudness.ts';

/** A side that is looked at in such intervals, each with a level. */
function heard(looks: readonly (readonly [seconds: number, level: number])[], isExpected = true): Loudness {
  const loudness = new Loudness();
  let [energy, seconds] = [0, 0];
  loudness.add({ energy, seconds }, isExpected);
  for (const [lasting, level] of looks) {
    seconds += lasting;
    energy += lasting * level ** 2;
    loudness.add({ energy, seconds }, isExpected);
  }
  return loudness;
}

describe('How loud a side was', () => {
  it.each([
    ['half seconds', 0.5, 6],
    ['seconds, as in a page in the background', 1, 3],
    ['uneven times', 0.7, 5],
  ])('is known after three seconds, looked at in %s', (_title, seconds, looks) => {
    const look = [seconds, 0.25] as const;
    expect(heard(Array(looks - 1).fill(look)).level).toBeNull();
    expect(heard(Array(looks).fill(look)).level).toBeCloseTo(0.25);
  });

  it.each([
    [
      [
        [1, 0.5],
        [1, 0],
        [1, 0],
      ],
      0.5,
    ],
    [
      [
        [1, 0.5],
        [1, 0],
        [1, 0],
        [1, 0],
      ],
      0,
    ],
    [
      [
        [1, 0.5],
        [0.5, 0],
        [0.5, 0],
        [0.5, 0],
        [0.5, 0],
        [0.5, 0],
      ],
      0.5,
    ],
    [
      [
        [1, 0.5],
        [0.5, 0],
        [0.5, 0],
        [0.5, 0],
        [0.5, 0],
        [0.5, 0],
        [0.5, 0],
      ],
      0,
    ],
    [
      [
        [1, 0],
        [1, 0],
        [1, 0.5],
      ],
      0.5,
    ],
    [
      [
        [4, 0.5],
        [0.5, 0],
      ],
      0.5,
    ],
  ] satisfies [[number, number][], number][])('after %j is %s', (looks, level) => {
    expect(heard(looks).level).toBeCloseTo(level);
  });

  it('isn’t known while nobody is to be heard, nor until three seconds after', () => {
    const loudness = heard([[4, 0]], false);
    expect(loudness.level).toBeNull();
    loudness.add({ energy: 0, seconds: 6.9 }, true);
    expect(loudness.level).toBeNull();
    loudness.add({ energy: 0, seconds: 7 }, true);
    expect(loudness.level).toBe(0);
  });

  it('begins anew with another signal, or where the browser doesn’t tell', () => {
    const loudness = heard([[4, 0.5]]);
    loudness.add({ energy: 0, seconds: 1 }, true);
    expect(loudness.level).toBeNull();
    loudness.add({ energy: 0, seconds: 4 }, true);
    expect(loudness.level).toBe(0);
    loudness.add(null, true);
    expect(loudness.level).toBeNull();
  });

  it('stays as it was while no audio passes', () => {
    const loudness = heard([[3, 0.5]]);
    loudness.add({ energy: 0.75, seconds: 3 }, true);
    expect(loudness.level).toBeCloseTo(0.5);
  });
});
