export { bareNumber, barePrefix } from './bareNumber.ts';
export { createCountryNames, listCountries } from './countryNames.ts';
export { describeDuration } from './describeDuration.ts';
export { parseAmount } from './parseAmount.ts';
export { TimeZoneField } from './TimeZoneField.tsx';
export { type Figures, useFigures } from './useFigures.ts';
export { useOrderWords } from './useOrderWords.ts';
