/** Who our peers are, seen from the network: by the addresses that they send from. */
export { KnownPeers } from './KnownPeers.ts';
