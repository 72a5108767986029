/** Why a connection was not made or was lost, in plain words. Of what isn't known here, the code or text of the system. */
export function describeStreamError(error: NodeJS.ErrnoException): string {
  const code = error.code ?? '';
  const known = SENTENCES[code];
  if (known !== undefined) return known;
  // Sometimes the code is only EPROTO, and the text says which alert it was.
  const named = `${code} ${error.message.toUpperCase().replaceAll(' ', '_')}`;
  return ALERTS.find(([pattern]) => pattern.test(named))?.[1] ?? (code === '' ? error.message : code);
}

const SENTENCES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was broken off by the other side',
  EPIPE: 'the connection was broken off by the other side',
  ETIMEDOUT: 'connecting took too long',
  EHOSTUNREACH: 'there is no way to that address',
  ENETUNREACH: 'there is no way to that address',
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet',
  CERT_REVOKED: 'the certificate was revoked',
  CERT_REJECTED: 'the certificate was rejected',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is signed by itself, not by an authority that is trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate comes from an authority that is not trusted',
  UNABLE_TO_GET_ISSUER_CERT: 'the certificate comes from an authority that is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate comes from an authority that is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate comes from an authority that is not trusted',
  INVALID_PURPOSE: 'the certificate is not one of a server',
};

/** OpenSSL's names for what went wrong in the handshake. */
const ALERTS: readonly (readonly [RegExp, string])[] = [
  [/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/, 'the other side speaks no TLS 1.2 or newer'],
  [/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/, 'the other side does not speak TLS'],
  [/CERTIFICATE_REQUIRED/, 'the other side wants a certificate of ours'],
  [
    /ALERT_(?:BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)/,
    'the other side did not accept our certificate',
  ],
  [/HANDSHAKE_FAILURE|NO_SHARED_CIPHER/, 'the other side broke off the TLS handshake'],
];
