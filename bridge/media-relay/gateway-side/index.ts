export { GatewaySide } from './GatewaySide.ts';
export type { GatewaySideDeps } from './GatewaySideCall.ts';
export { legStats } from './legStats.ts';
export { sendDigits } from './sendDigits.ts';
