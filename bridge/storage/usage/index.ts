export type { MeterSlice } from './RunningCall.ts';
export { UsageLedger } from './UsageLedger.ts';
