/** Where peers are: RFC 3263 over DNS and the system's own names. Knows neither messages nor sockets. */
export type { SystemLookup } from './HostAddresses.ts';
export { Location } from './Location.ts';
export { NodeDns } from './NodeDns.ts';
export type { SipDns } from './SipDns.ts';
