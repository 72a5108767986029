import { describe, expect, it } from 'vitest';
import { extractNumber } from './extractNumber.ts';
import { formatNumber, normalizeNumber } from './formatNumber.ts';

describe('extractNumber', () => {
  it.each([
    ['tel:+1-202-555-0100', '+12025550100'],
    ['<a href="tel:+12025550100;ext=7">', '+12025550100'],
    ['tel:%2B442079460018', '+442079460018'],
    ['(202) 555-0100', '2025550100'],
    ['+46 (0)70-123 45 67', '+460701234567'],
    ['Call me at +44 20 7946 0018 after ten', '+442079460018'],
    ['Anna: 202-555-0123, office', '+12025550123'],
    ['*31#', '*31#'],
    ['  112 ', '112'],
  ])('finds the number in %j', (text, number) => {
    expect(extractNumber(text, 'US')).toBe(number);
  });

  it.each(['Anna Berg', '', 'room 12', 'tel:', '+'])('finds none in %j', (text) => {
    expect(extractNumber(text, 'US')).toBeNull();
  });

  it('survives a damaged tel address', () => {
    expect(extractNumber('tel:%E0%A402', 'US')).toBe('0402');
  });
});

describe('formatNumber', () => {
  it('writes numbers at home the national way and others the international way', () => {
    expect(formatNumber('+12025550100', 'US')).toBe('(202) 555-0100');
    expect(formatNumber('+12025550100', 'SE')).toBe('+1 202 555 0100');
  });

  it('leaves alone what is no number', () => {
    expect(formatNumber('*31#', 'US')).toBe('*31#');
  });

  it('keeps numbers in E.164 where they can be read', () => {
    expect(normalizeNumber('(202) 555-0100', 'US')).toBe('+12025550100');
    expect(normalizeNumber(' 112 ', 'SE')).toBe('112');
  });
});
