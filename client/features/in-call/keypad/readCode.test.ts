import { describe, expect, it } from 'vitest';
import { dtmfDigitsSchema } from '../../../../shared/domain/index.ts';
import { readCode } from './readCode.ts';

describe('readCode', () => {
  it.each([
    ['159#', '159#'],
    ['123456789012', '123456789012'],
    [' 1234 5678-9012\n', '123456789012'],
    ['*31#', '*31#'],
    ['0', '0'],
  ])('reads %j as %s', (text, code) => expect(readCode(text)).toBe(code));

  it.each(['', '   ', '-', 'hello', '12a', '+12025550100', '12.5', '1,2', 'A'])('takes %j for no code', (text) =>
    expect(readCode(text)).toBeNull(),
  );

  it('takes as many as the bridge does in one message, and no more', () => {
    const longest = '1'.repeat(64);
    expect([readCode(longest), readCode(`${longest}1`)]).toEqual([longest, null]);
    expect(dtmfDigitsSchema.safeParse(longest).success).toBe(true);
    expect(dtmfDigitsSchema.safeParse(`${longest}1`).success).toBe(false);
  });
});
