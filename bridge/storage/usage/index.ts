export { costBefore } from './callCost.ts';
export type { MeterSlice } from './RunningCall.ts';
export { UsageLedger, usageKeptMs } from './UsageLedger.ts';
