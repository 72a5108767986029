import { formatHost, parseHostPort } from './hostPort.ts';
import { formatParams, parseParams, type SipParams } from './SipParams.ts';

/** A SIP or SIPS URI (RFC 3261 section 19.1). */
export interface SipUri {
  readonly scheme: 'sip' | 'sips';
  /** As it stands in the URI, escapes not undone; empty where there is none. */
  readonly user: string;
  /** Without the brackets of an IPv6 reference. */
  readonly host: string;
  readonly port?: number;
  readonly params: SipParams;
  /** Text after the question mark. */
  readonly headers?: string;
}

/** A telephone number as URI (RFC 3966). */
export interface TelUri {
  readonly scheme: 'tel';
  /** Digits with the plus of a global number, visual separators removed. */
  readonly number: string;
  readonly params: SipParams;
}

const SIP = /^(sips?):(?:([^@\s<>"]*)@)?([^;?@\s<>"]+)((?:;[^?\s<>"]*)?)(?:\?([^\s<>"]*))?$/i;
const TEL = /^tel:(\+?[0-9A-Da-d*#().-]+)((?:;[^\s<>"]*)?)$/i;
const MAX_LENGTH = 2048;

/** Null for anything that isn't a readable sip, sips or tel URI. */
export function parseUri(text: string): SipUri | TelUri | null {
  if (text.length > MAX_LENGTH) return null;
  return parseSipUri(text) ?? parseTelUri(text);
}

/** Null for anything that isn't a readable sip or sips URI. */
export function parseSipUri(text: string): SipUri | null {
  if (text.length > MAX_LENGTH) return null;
  const match = SIP.exec(text.trim());
  if (match === null) return null;
  const hostPort = parseHostPort(match[3] ?? '');
  const params = parseParams(match[4] ?? '');
  if (hostPort === null || params === null) return null;
  return {
    scheme: match[1]?.toLowerCase() === 'sips' ? 'sips' : 'sip',
    // A password after a colon is deprecated and never wanted in a log (RFC 3261 section 19.1.1).
    user: (match[2] ?? '').split(':')[0] ?? '',
    ...hostPort,
    params,
    ...(match[5] === undefined ? {} : { headers: match[5] }),
  };
}

function parseTelUri(text: string): TelUri | null {
  const match = TEL.exec(text.trim());
  const params = match === null ? null : parseParams(match[2] ?? '');
  if (match === null || params === null) return null;
  const number = (match[1] ?? '').replace(/[().-]/g, '');
  return number.replace('+', '') === '' ? null : { scheme: 'tel', number, params };
}

export function formatUri(uri: SipUri | TelUri): string {
  if (uri.scheme === 'tel') return `tel:${uri.number}${formatParams(uri.params)}`;
  const user = uri.user === '' ? '' : `${uri.user}@`;
  const headers = uri.headers === undefined ? '' : `?${uri.headers}`;
  return `${uri.scheme}:${user}${formatHost(uri.host, uri.port)}${formatParams(uri.params)}${headers}`;
}

/** What a person would call the user of a URI: the user part without escapes, or the telephone number. */
export function uriUser(uri: SipUri | TelUri): string {
  if (uri.scheme === 'tel') return uri.number;
  try {
    return decodeURIComponent(uri.user);
  } catch {
    // A lone percent sign: better shown as it came than refused.
    return uri.user;
  }
}

/** Escapes text for the user part (RFC 3261 section 25.1, `user-unreserved` stays). */
export function escapeUser(user: string): string {
  return encodeURIComponent(user.toWellFormed()).replace(/%(?:26|3D|2B|24|2C|3B|3F|2F)/g, (code) =>
    decodeURIComponent(code),
  );
}
