import { createPrivateKey, X509Certificate } from 'node:crypto';

/** Why this certificate and this key (PEM) can't serve a TLS listener, in plain words; null when they can. */
export function findPairProblem(pair: { readonly certificate: string; readonly privateKey: string }): string | null {
  const certificate = attempt(() => new X509Certificate(pair.certificate));
  if (certificate === null) return 'the certificate is no PEM text with a certificate in it';
  const key = attempt(() => createPrivateKey(pair.privateKey));
  if (key === null) return 'the private key is no PEM text with a private key in it (without a passphrase)';
  return certificate.checkPrivateKey(key) ? null : 'the private key is not that of the certificate';
}

function attempt<T>(make: () => T): T | null {
  try {
    return make();
  } catch {
    return null;
  }
}
