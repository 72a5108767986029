import type { SipTransport } from './SipPeer.ts';

export interface SipListener {
  readonly transport: SipTransport;
  readonly host: string;
  readonly port: number;
}

export interface SipStackOptions {
  /** For listeners of transport `tls`: our certificate and key, PEM. */
  readonly tls?: { readonly certificate: string; readonly privateKey: string };
  /** What requests of strangers get: nothing at all, or 403. Default `drop`. */
  readonly strangers?: 'drop' | 'refuse';
  /** DNS servers to ask instead of the system's, as `host` or `host:port`. */
  readonly dnsServers?: readonly string[];
  /** Addresses that we listen at and send from; port 0 picks a free one. */
  readonly listen: readonly SipListener[];
  /** User-Agent header. */
  readonly userAgent: string;
  /** Host that gateways are told in Contact and Via where we are behind NAT; the listener's address otherwise. */
  readonly announcedHost?: string;
}
