export { Baresip, type BaresipOptions } from './Baresip.ts';
export { DeafPeer } from './DeafPeer.ts';
export { freePort } from './freePort.ts';
export { LossyLink } from './LossyLink.ts';
export { PeerProcess } from './PeerProcess.ts';
export { Sipp, type SippOptions } from './Sipp.ts';
export { scenarios, trunkCredentials } from './scenarios/index.ts';
export { openFiles, udpSocketsOf } from './systemSockets.ts';
export { waitUntil } from './waitUntil.ts';
