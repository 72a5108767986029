export { GatewaySide, type GatewaySideDeps } from './GatewaySide.ts';
