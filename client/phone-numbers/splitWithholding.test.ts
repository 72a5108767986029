import { describe, expect, it } from 'vitest';
import { splitWithholding } from './splitWithholding.ts';

describe('splitWithholding', () => {
  it.each([
    ['*31#2025550100', '2025550100'],
    ['#31#+1 202 555 0100', '+1 202 555 0100'],
    ['  *31# (202) 555-0100', '(202) 555-0100'],
  ])('takes the code from %j', (dialled, number) => {
    expect(splitWithholding(dialled)).toEqual({ number, isWithheld: true });
  });

  it.each(['2025550100', '*31#', '#31# ', '*30#2025550100', '31#2025550100', '+1*31#2', '*3120', 'Anna', ''])(
    'leaves %j as it is',
    (dialled) => expect(splitWithholding(dialled)).toEqual({ number: dialled, isWithheld: false }),
  );
});
