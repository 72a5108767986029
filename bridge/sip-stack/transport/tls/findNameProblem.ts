import { isIP } from 'node:net';
import type { PeerCertificate } from 'node:tls';

/** Whom a certificate is for. */
interface Names {
  readonly sip: readonly string[];
  readonly dns: readonly string[];
  readonly addresses: readonly string[];
  readonly isAltName: boolean;
}

type Certificate = Pick<PeerCertificate, 'subject' | 'subjectaltname'>;

/**
 * Whether a certificate is that of this SIP domain (RFC 5922 sections 7.1 and 7.2): `sip:` addresses in it count alone where there
 * are any, else its DNS names, and its common name only where it has no alternative names at all. An address is compared with
 * addresses. Other than section 7.2 has it, `*.example.com` stands for one label (RFC 9525 section 6.3), since large trunk providers have such
 * certificates. Null when it is; else in plain words.
 */
export function findNameProblem(name: string, certificate: Certificate): string | null {
  const names = readNames(certificate);
  const wanted = name.toLowerCase().replace(/\.$/, '');
  const named = isIP(name) === 0 ? domainsOf(names, certificate) : [...names.addresses, ...names.sip];
  if (named.some((candidate) => isMatch(candidate.toLowerCase().replace(/\.$/, ''), wanted))) return null;
  const list = named.slice(0, 3).join(', ');
  return `the certificate is for ${list === '' ? 'nobody by name' : list}, not for ${name}`;
}

function domainsOf(names: Names, { subject }: Certificate): readonly string[] {
  if (names.sip.length > 0) return names.sip;
  if (names.isAltName) return names.dns;
  const common: string | string[] | undefined = subject?.CN;
  return common === undefined ? [] : [common].flat();
}

function isMatch(candidate: string, wanted: string): boolean {
  if (!candidate.startsWith('*.')) return candidate === wanted;
  const dot = wanted.indexOf('.');
  // `*.com` is for nobody.
  return isIP(wanted) === 0 && dot > 0 && candidate.slice(1) === wanted.slice(dot) && candidate.split('.').length > 2;
}

/** As node writes them: `DNS:a, URI:sip:b, IP Address:c`, with values that hold a comma or quote in quotes (JSON). */
function readNames({ subjectaltname }: Certificate): Names {
  const sip: string[] = [];
  const dns: string[] = [];
  const addresses: string[] = [];
  for (const [, kind, text = ''] of (subjectaltname ?? '').matchAll(
    /([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^,]*)(?:, |$)/g,
  )) {
    const value = unquote(text);
    const domain = /^sip:([\w.*-]+)(?::\d+)?$/i.exec(value)?.[1];
    if (kind === 'DNS') dns.push(value);
    else if (kind === 'IP Address') addresses.push(value);
    else if (kind === 'URI' && domain !== undefined) sip.push(domain);
  }
  return { sip, dns, addresses, isAltName: (subjectaltname ?? '') !== '' };
}

function unquote(text: string): string {
  if (!text.startsWith('"')) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    return '';
  }
}
