export type SipTransport = 'udp' | 'tcp' | 'tls';

/** A place by name or address, as an operator writes it; RFC 3263 says what it stands for. */
export interface SipAddress {
  /** IPv4 or IPv6 address, or a host name. */
  readonly host: string;
  /** null: by SRV for a host name, else 5060, or 5061 for TLS. */
  readonly port: number | null;
  /** `auto`: by NAPTR and SRV. */
  readonly transport: SipTransport | 'auto';
}

/** One place that a peer can be reached at: what its addresses stand for now. */
export interface SipDestination {
  readonly transport: SipTransport;
  /** IP address. */
  readonly address: string;
  readonly port: number;
  /** The name that it was found by, which a TLS certificate must have (RFC 5922); the address itself otherwise. */
  readonly host: string;
}

/** TLS towards one gateway. PEM texts. */
export interface SipTls {
  readonly isVerified: boolean;
  /** Name that its certificate must have; absent: the host that it was found by. */
  readonly serverName?: string;
  /** Authorities; absent: the usual public ones. */
  readonly ca?: string;
  readonly certificate?: string;
  readonly privateKey?: string;
}

export interface SipCredentials {
  readonly userName: string;
  readonly password: string;
  /** Name in the digest; absent: `userName`. */
  readonly authUserName?: string;
}

/** Where a gateway is reached and as whom. */
export interface SipPeer {
  /** Stable name of the gateway; one user agent is kept per id. */
  readonly id: string;
  /** In the order of trying; at least one. */
  readonly addresses: readonly SipAddress[];
  /** Everything goes there, with a Route header (RFC 3261 section 8.1.2). */
  readonly outboundProxy?: SipAddress;
  /** Host part (with a port where one is meant) of request URI, To and From. */
  readonly domain: string;
  readonly tls?: SipTls;
  /** Answer to a digest challenge (RFC 3261 section 22, RFC 8760). */
  readonly credentials?: SipCredentials;
  /** Ask for session timers of so many seconds (RFC 4028); absent: only what the gateway asks for. */
  readonly sessionExpiresSeconds?: number;
  /** Calls from it; absent: it may not call us. */
  readonly incoming?: {
    /** IP addresses and CIDR ranges besides those that it is reached at. */
    readonly addresses: readonly string[];
    /** From elsewhere it is challenged, and must prove these (RFC 3261 section 22). */
    readonly credentials?: { readonly userName: string; readonly password: string };
  };
}
