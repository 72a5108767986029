import { type SrtpKey, type SrtpSuiteName, srtpSuiteNames, srtpSuites } from '../srtp/index.ts';
import type { MediaSection } from './readDescription.ts';

/** `a=crypto` (RFC 4568): a key that the writer of the SDP sends with. */
export interface CryptoLine {
  readonly tag: string;
  readonly key: SrtpKey;
}

/** The lines of an audio section that we can use, in its order of preference; others, and what is malformed, are passed over. */
export function readCryptoLines(media: MediaSection): CryptoLine[] {
  return (media.crypto ?? []).flatMap(({ id, suite, config, sessionConfig }) => {
    const name = srtpSuiteNames.find((known) => known === suite.toUpperCase());
    if (name === undefined || !canDo(sessionConfig)) return [];
    const key = readKey(name, config);
    return key === null ? [] : [{ tag: id, key }];
  });
}

export function writeCryptoLine({ tag, key }: CryptoLine): string {
  const inline = Buffer.concat([key.masterKey, key.masterSalt]).toString('base64');
  return `a=crypto:${tag} ${key.suite} inline:${inline}`;
}

/**
 * `inline:<key and salt>|<lifetime>|<MKI>:<its length>` (RFC 4568 section 6.1). The lifetime is let be: whoever has sent that many
 * packets says so by a new key. Of several keys the first counts.
 */
function readKey(suite: SrtpSuiteName, config: string): SrtpKey | null {
  const [first = ''] = config.split(';');
  const [method, ...rest] = first.split(':');
  if (method?.toLowerCase() !== 'inline') return null;
  const [text = '', ...parameters] = rest.join(':').split('|');
  const bytes = Buffer.from(text, 'base64');
  const { keyLength, saltLength } = srtpSuites[suite];
  if (bytes.length !== keyLength + saltLength) return null;
  const mki = parameters.find((parameter) => parameter.includes(':'));
  const mkiLength = mki === undefined ? 0 : Number(mki.split(':')[1]);
  if (!Number.isInteger(mkiLength) || mkiLength < 0 || mkiLength > 128) return null;
  return {
    suite,
    // Copies with memory of their own: a thread is sent the whole of what a view looks into.
    masterKey: Uint8Array.from(bytes.subarray(0, keyLength)),
    masterSalt: Uint8Array.from(bytes.subarray(keyLength)),
    mkiLength,
  };
}

/** Session parameters (RFC 4568 section 6.3): those with a minus may be passed over, and a replay window is ours to choose. */
function canDo(sessionParameters: string | undefined): boolean {
  const parameters = (sessionParameters ?? '').split(/\s+/).filter((parameter) => parameter !== '');
  return parameters.every((parameter) => /^(-.*|WSH=\d+|KDR=0)$/i.test(parameter));
}
