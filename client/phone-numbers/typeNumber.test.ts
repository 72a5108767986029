import { describe, expect, it } from 'vitest';
import { formatTyped, typeNumber } from './typeNumber.ts';

/** `|` is the caret. */
function type(before: string, after: string, { country = 'US', isForward = false } = {}): string {
  const caret = after.indexOf('|');
  const typed = typeNumber({ before, text: after.replace('|', ''), caret, isForward }, country);
  return `${typed.text.slice(0, typed.caret)}|${typed.text.slice(typed.caret)}`;
}

describe('typeNumber', () => {
  it('formats a number digit by digit', () => {
    const seen: string[] = [];
    let text = '';
    for (const digit of '2025550100') {
      text = typeNumber({ before: text, text: text + digit, caret: text.length + 1 }, 'US').text;
      seen.push(text);
    }
    expect(seen.at(-1)).toBe('(202) 555-0100');
    expect(seen).toContain('(202) 5');
  });

  it('keeps the caret behind the digit that was written in the middle', () => {
    expect(type('(202) 555-010', '(2029|) 555-010')).toBe('(202) 9|55-5010');
  });

  it('leaves the caret where it was when a digit is deleted in the middle', () => {
    expect(type('(202) 555-0100', '(202) 55|-0100')).toBe('(202) 55|0-100');
  });

  it('deletes the digit before a bracket when the bracket is deleted', () => {
    expect(type('(202) 555-0100', '(202)|555-0100')).toBe('(20|5) 550-100');
  });

  it('deletes the digit behind a hyphen when the hyphen is deleted forward', () => {
    expect(type('(202) 555-0100', '(202) 555|0100', { isForward: true })).toBe('(202) 555|-100');
  });

  it('keeps every digit when the same number is filled in anew without separators', () => {
    expect(type('(202) 555-0100', '2025550100|')).toBe('(202) 555-0100|');
    expect(type('1 2', '12|')).toBe('1 2|');
    expect(type('1 2', '1|2')).toBe('|2');
  });

  it('follows the plus to another country', () => {
    expect(formatTyped('+442079460018', 'US')).toBe('+44 20 7946 0018');
  });

  it('reads national numbers in the way of the brand’s country', () => {
    expect(formatTyped('02079460018', 'GB')).toBe('020 7946 0018');
  });

  it('leaves names and service codes as they are', () => {
    expect(type('Ann', 'Anna|')).toBe('Anna|');
    expect(type('*31', '*31#|')).toBe('*31#|');
  });

  it('empties the field', () => {
    expect(type('2', '|')).toBe('|');
  });
});
