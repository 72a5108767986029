import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Gateway } from '../../../shared/admin/index.ts';
import type { SettingProblem } from '../../../shared/errors/index.ts';

/** PEM texts that can't be read, and a key that isn't the certificate's. */
export function findBadCertificates({ ca, certificate, privateKey }: Gateway['tls']): readonly SettingProblem[] {
  const own = certificate === null ? null : readCertificate(certificate);
  const key = privateKey === null ? null : readKey(privateKey);
  const unreadable = (name: string, what: string) => ({
    key: `tls.${name}`,
    expected: `expected ${what} that can be read (PEM)`,
  });
  return [
    ...(ca !== null && readCertificate(ca) === undefined ? [unreadable('ca', 'certificates')] : []),
    ...(own === undefined ? [unreadable('certificate', 'a certificate')] : []),
    ...(key === undefined ? [unreadable('privateKey', 'a private key without a passphrase')] : []),
    ...(own && key && !own.checkPrivateKey(key)
      ? [{ key: 'tls.privateKey', expected: 'expected the private key of this certificate' }]
      : []),
    ...((own === null) !== (key === null)
      ? [
          {
            key: own === null ? 'tls.certificate' : 'tls.privateKey',
            expected: 'expected both a certificate and its private key, or neither',
          },
        ]
      : []),
  ];
}

function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function readKey(pem: string) {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
