export { bareNumber, barePrefix } from './bareNumber.ts';
export { createCountryNames, listCountries } from './countryNames.ts';
export { describeDuration } from './describeDuration.ts';
export { TimeZoneField } from './TimeZoneField.tsx';
