import { expect, it } from 'vitest';
import { nationalForm } from './nationalForm.ts';

it.each([
  ['DE', { callingCode: '+49', trunkPrefix: '0', internationalPrefix: '00' }],
  ['US', { callingCode: '+1', trunkPrefix: '1', internationalPrefix: '011' }],
  ['ES', { callingCode: '+34', trunkPrefix: '', internationalPrefix: '00' }],
  ['IT', { callingCode: '+39', trunkPrefix: '', internationalPrefix: '00' }],
  ['AU', { callingCode: '+61', trunkPrefix: '0', internationalPrefix: '0011' }],
  ['BR', { callingCode: '+55', trunkPrefix: '0', internationalPrefix: '00' }],
  ['XX', null],
])('knows how numbers are written within %s', (country, form) => {
  expect(nationalForm(country)).toEqual(form);
});
