import { expect, it } from 'vitest';
import { countryName, manyOfKind, oneOfKind } from './plainWords.ts';

it.each([
  ['fixedLine', 'a landline number', 'landline numbers'],
  ['voip', 'an internet telephone number', 'internet telephone numbers'],
  ['internationalNetwork', 'a number of an international network', 'numbers of an international network'],
] as const)('calls numbers of the kind %s %s', (type, one, many) => {
  expect([oneOfKind(type), manyOfKind(type)]).toEqual([one, many]);
});

it.each([
  ['DE', 'Germany'],
  ['001', '001'],
])('calls the country %s %s', (code, name) => {
  expect(countryName(code)).toBe(name);
});
