export { GatewaySide, type GatewaySideDeps } from './GatewaySide.ts';
export { legStats } from './legStats.ts';
export { sendDigits } from './sendDigits.ts';
