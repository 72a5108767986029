export { extractNumber } from './extractNumber.ts';
export { formatNumber, normalizeNumber } from './formatNumber.ts';
export { splitWithholding } from './splitWithholding.ts';
export { formatTyped, type TypedNumber, typeNumber } from './typeNumber.ts';
