import { formatParams, parseParams, type SipParams } from './SipParams.ts';
import { formatUri, parseUri, type SipUri, type TelUri } from './SipUri.ts';

/** The value of From, To, Contact, Route, Record-Route and the like (RFC 3261 section 20.10). */
export interface NameAddr {
  readonly displayName?: string;
  readonly uri: SipUri | TelUri;
  readonly params: SipParams;
}

const BRACKETED = /^(.*?)<([^<>]*)>\s*(?:;(.*))?$/s;

/** Reads `"Name" <uri>;params` and `uri;params`; null when unreadable, also for `Contact: *`. */
export function parseNameAddr(text: string): NameAddr | null {
  // A display name may hold angle brackets inside its quotes: set it aside first.
  const quoted = /^\s*"((?:[^"\\]|\\.)*)"\s*(.*)$/s.exec(text);
  const rest = quoted === null ? text.trim() : (quoted[2] ?? '');
  const match = BRACKETED.exec(rest);
  if (match === null) {
    if (quoted !== null) return null;
    const [uriText, ...params] = rest.split(';');
    // Without brackets everything after the semicolon belongs to the header (RFC 3261 section 20).
    return assemble({ uriText: uriText ?? '', paramText: params.join(';') });
  }
  const displayName = quoted === null ? match[1]?.trim() : quoted[1]?.replace(/\\(.)/gs, '$1');
  return assemble({ displayName, uriText: match[2] ?? '', paramText: match[3] ?? '' });
}

function assemble(parts: { displayName?: string | undefined; uriText: string; paramText: string }): NameAddr | null {
  const uri = parseUri(parts.uriText);
  const params = parseParams(parts.paramText);
  if (uri === null || params === null) return null;
  return { ...(parts.displayName ? { displayName: parts.displayName } : {}), uri, params };
}

export function formatNameAddr(address: NameAddr): string {
  const name = address.displayName === undefined ? '' : `${quote(address.displayName)} `;
  return `${name}<${formatUri(address.uri)}>${formatParams(address.params)}`;
}

/** A quoted string (RFC 3261 section 25.1); what could break the line, for whatever reader, is dropped. */
export function quote(text: string): string {
  return `"${text.replace(/[\p{Cc}\u2028\u2029]/gu, '').replace(/["\\]/g, '\\$&')}"`;
}

/** The tag parameter of a From or To value; undefined when there is none or the value is unreadable. */
export function tagOf(value: string | undefined): string | undefined {
  return (value === undefined ? null : parseNameAddr(value))?.params.get('tag') ?? undefined;
}
