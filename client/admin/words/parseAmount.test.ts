import { expect, it } from 'vitest';
import { parseAmount } from './parseAmount.ts';

it.each([
  ['0.012', 0.012],
  ['0,012', 0.012],
  ['12', 12],
  [' 1 234,5 ', 1234.5],
  ['1.234,50', 1234.5],
  ['1,234.50', 1234.5],
  ['1,234,567.5', 1234567.5],
  // One separator is the decimal one: prices of telephone calls are small.
  ['1.234', 1.234],
  ['1,234', 1.234],
  ['.5', 0.5],
  ['5,', 5],
  ['', null],
  ['-1', null],
  ['1e3', null],
  ['1.2.3', null],
  ['1,234,56', null],
  ['12 EUR', null],
  ['free', null],
])('reads %j as %s', (text, amount) => {
  expect(parseAmount(text)).toBe(amount);
});
