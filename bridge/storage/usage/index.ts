export { type MeterSlice, UsageLedger } from './UsageLedger.ts';
