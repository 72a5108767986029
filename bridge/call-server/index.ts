export type { CallClient, CallServer, ClientChannel, DeviceCalls } from './CallServer.ts';
export { ConnectedDevices } from './ConnectedDevices.ts';
export { CallQualities } from './call-quality/index.ts';
export { CallTraffic, DisplayUnit } from './display-unit/index.ts';
