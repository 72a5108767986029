export { parseAmount } from './parseAmount.ts';
