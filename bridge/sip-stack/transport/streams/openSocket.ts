import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { findNameProblem } from '../tls/findNameProblem.ts';
import type { TlsIdentities, TlsIdentity } from '../tls/TlsIdentity.ts';

export interface StreamDestination {
  readonly address: string;
  readonly port: number;
  readonly family: 4 | 6;
  /** Our address to connect from; the system's choice where absent. */
  readonly localAddress?: string;
  /** Absent: plain TCP. */
  readonly tls?: TlsIdentity;
}

/** Begins to connect. The socket emits `connect`, or `secureConnect` for TLS, once the other side was found to be who it should be. */
export function openSocket(destination: StreamDestination, identities: TlsIdentities): Socket {
  const { address, port, family, localAddress, tls } = destination;
  const place = { host: address, port, family, keepAlive: true, ...(localAddress !== undefined && { localAddress }) };
  if (tls === undefined) return connectTcp(place);
  const { name, settings } = tls;
  return connectTls({
    ...place,
    secureContext: identities.contextOf(tls),
    rejectUnauthorized: settings.isVerified,
    // RFC 6066 section 3: no addresses.
    ...(isIP(name) === 0 && { servername: name }),
    checkServerIdentity: (_host, certificate) => {
      const problem = settings.isVerified ? findNameProblem(name, certificate) : null;
      return problem === null ? undefined : new Error(problem);
    },
  });
}
