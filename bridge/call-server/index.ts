export type { CallClient, CallServer, ClientChannel } from './CallServer.ts';
