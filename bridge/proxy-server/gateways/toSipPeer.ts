import type { Gateway } from '../../../shared/admin/index.ts';
import type { SipPeer } from '../../sip-stack/index.ts';

/** The part of a gateway's entry that the SIP stack needs to reach it, and to know its calls. */
export function toSipPeer(gateway: Gateway): SipPeer {
  const { id, host, port, transport, moreAddresses, outboundProxy, domain, credentials, incoming, tls, inCall } =
    gateway;
  return {
    id,
    addresses: [{ host, port, transport }, ...moreAddresses],
    ...(outboundProxy && { outboundProxy }),
    domain: domain ?? domainOf({ host, port }),
    tls: {
      isVerified: tls.isVerified,
      ...(tls.serverName !== null && { serverName: tls.serverName }),
      ...(tls.ca !== null && { ca: tls.ca }),
      ...(tls.certificate !== null && { certificate: tls.certificate }),
      ...(tls.privateKey !== null && { privateKey: tls.privateKey }),
    },
    ...(credentials && {
      credentials: {
        userName: credentials.userName,
        password: credentials.password,
        ...(credentials.authUserName !== undefined && { authUserName: credentials.authUserName }),
      },
    }),
    ...(inCall.sessionExpiresSeconds !== null && { sessionExpiresSeconds: inCall.sessionExpiresSeconds }),
    ...(incoming.isAllowed && {
      incoming: {
        addresses: incoming.addresses,
        ...(incoming.credentials && { credentials: incoming.credentials }),
      },
    }),
  };
}

/** Usual ports are left out (RFC 3261 section 19.1.1). */
function domainOf({ host, port }: Pick<Gateway, 'host' | 'port'>): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === null || port === 5060 ? name : `${name}:${port}`;
}
