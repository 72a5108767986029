export type { CallClient, CallServer, ClientChannel, DeviceCalls } from './CallServer.ts';
export { ConnectedDevices } from './ConnectedDevices.ts';
export { CallQualities } from './call-quality/index.ts';
export { CallTraces } from './call-traces/index.ts';
export { HandOver } from './hand-over/index.ts';
export { LocalCallServer } from './LocalCallServer.ts';
export { DialogKeeper, endLeftovers } from './leftovers/index.ts';
export { MediaChecks } from './media-check/index.ts';
export { mediaWatcher } from './media-watch/index.ts';
