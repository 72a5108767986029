export type { CallClient, CallServer, ClientChannel, DeviceCalls } from './CallServer.ts';
export { ConnectedDevices } from './ConnectedDevices.ts';
export { LocalCallServer } from './LocalCallServer.ts';
