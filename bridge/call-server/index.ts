export type { CallClient, CallServer, ClientChannel } from './CallServer.ts';
export { LocalCallServer } from './LocalCallServer.ts';
