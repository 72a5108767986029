export { extractNumber } from './extractNumber.ts';
export { formatNumber, normalizeNumber } from './formatNumber.ts';
export { type NationalForm, nationalForm } from './nationalForm.ts';
export { splitWithholding } from './splitWithholding.ts';
export { formatTyped, type TypedNumber, typeNumber } from './typeNumber.ts';
