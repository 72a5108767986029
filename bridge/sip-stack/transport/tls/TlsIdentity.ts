import { hash } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { SipTls } from '../../port/index.ts';

/** As whom we speak TLS, and with whom. Connections of different identities are never shared. */
export interface TlsIdentity {
  readonly key: string;
  /** What the certificate must name, unless nothing is checked. */
  readonly name: string;
  readonly settings: SipTls;
}

const MAX_KEPT = 1000;

/** Makes identities, each once, and what OpenSSL needs for them: to read all public authorities anew costs milliseconds. */
export class TlsIdentities {
  readonly #contexts = new Map<string, SecureContext>();

  of(name: string, settings: SipTls = { isVerified: true }): TlsIdentity {
    const { isVerified, ca, certificate, privateKey } = settings;
    return { key: hash('sha256', JSON.stringify([name, isVerified, ca, certificate, privateKey])), name, settings };
  }

  /** @throws Error with a sentence when certificate, key or authorities can't be used */
  contextOf({ key, settings }: TlsIdentity): SecureContext {
    const known = this.#contexts.get(key);
    if (known !== undefined) return known;
    if (this.#contexts.size >= MAX_KEPT) this.#contexts.clear();
    const context = makeContext(settings);
    this.#contexts.set(key, context);
    return context;
  }
}

function makeContext({ ca, certificate, privateKey }: SipTls): SecureContext {
  try {
    return createSecureContext({
      minVersion: 'TLSv1.2',
      ...(ca !== undefined && { ca }),
      ...(certificate !== undefined && { cert: certificate }),
      ...(privateKey !== undefined && { key: privateKey }),
    });
  } catch (error) {
    const isMismatch = (error as NodeJS.ErrnoException).code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH';
    throw new Error(
      isMismatch
        ? 'our certificate and private key for the gateway don’t belong together'
        : 'the certificates or the private key for the gateway can’t be read',
      { cause: error },
    );
  }
}
