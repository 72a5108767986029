import type { LogFields } from './Logger.ts';
import { redactNumber } from './redactNumber.ts';

const hidden = '[redacted]';
const deepest = 6;
const longestList = 50;

/** Keys whose value is never written: passwords, tokens, keys and the SIP and HTTP headers that carry them. */
const secretKey =
  /^(.*password.*|.*token|.*secret.*|.*passphrase|credentials?|(proxy-?)?authorization|(set-?)?cookie|.*privatekey|signingkey|.*apikey|resumekey|(ice)?pwd|digits)$/i;

/** Keys whose text is a telephone number, also where it is written without a plus. */
const numberKey = /^(number|.*number|calledparty|callingparty|phone|callerid)$/i;

const textRules: readonly (readonly [RegExp, (found: string) => string])[] = [
  // A JSON web token (RFC 7519): three base64url parts, the first begins with `{"`.
  [/\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g, () => hidden],
  [/\bBearer\s+[^\s"']+/gi, () => `Bearer ${hidden}`],
  // Credentials of SIP and HTTP (RFC 3261 section 22, RFC 9110 section 11): the header's whole value.
  [/\b((?:Proxy-)?Authorization):[^\r\n]*/gi, (found) => `${found.slice(0, found.indexOf(':'))}: ${hidden}`],
  // A password inside a URI: `scheme://user:password@host`, `sip:user:password@host` (RFC 3986 section 3.2.1).
  [/(?<=\b(?:[a-z][a-z0-9+.-]*:\/\/|sips?:)[^\s:@/]{1,100}:)[^\s@/]+(?=@)/gi, () => hidden],
  [/(?<=\b(?:sips?|tel):)\+?\d[\d.()-]{2,30}(?=[@;>\s]|$)/gi, redactNumber],
  // Not followed by hidden digits: what was redacted before stays as it is.
  [/\+\d[\d\s().-]{4,28}\d(?![\d\s().-]*[\d•])/g, redactNumber],
];

/** Without any of these no rule can match; most texts have none. */
const anyRuleCouldMatch = /[+:]|eyJ|bearer/i;

/** Hides telephone numbers (with a plus, or in SIP and tel URIs), tokens and credentials inside a text. */
export function redactText(text: string): string {
  if (!anyRuleCouldMatch.test(text)) return text;
  let redacted = text;
  for (const [pattern, replace] of textRules) redacted = redacted.replace(pattern, replace);
  return redacted;
}

/** A copy of the fields that may be written to a log. Never throws; bounded in depth and length. */
export function redact(fields: LogFields): Record<string, unknown> {
  return redactObject(fields, 0);
}

function redactObject(fields: object, depth: number): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(fields)) copy[key] = redactEntry(key, readSafely(fields, key), depth);
  return copy;
}

function redactEntry(key: string, value: unknown, depth: number): unknown {
  if (value === undefined || value === null || typeof value === 'boolean') return value;
  const kind = kindOf(key);
  if (kind === 'secret') return hidden;
  if (kind === 'number' && typeof value === 'string') return redactNumber(value);
  return redactValue(value, depth);
}

type KeyKind = 'secret' | 'number' | 'plain';

/** Keys repeat with every line; a cache of the first of them spares the expressions. */
const kindsOfKeys = new Map<string, KeyKind>();
const mostKeysCached = 1000;

function kindOf(key: string): KeyKind {
  const known = kindsOfKeys.get(key);
  if (known !== undefined) return known;
  const kind = secretKey.test(key) ? 'secret' : numberKey.test(key) ? 'number' : 'plain';
  if (kindsOfKeys.size < mostKeysCached) kindsOfKeys.set(key, kind);
  return kind;
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  if (typeof value === 'function') return '[function]';
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return '[…]';
  if (value instanceof Error) return describeError(value, depth);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Map) return redactObject(Object.fromEntries(value), depth + 1);
  if (value instanceof Set || Array.isArray(value)) {
    return [...value].slice(0, longestList).map((entry) => redactValue(entry, depth + 1));
  }
  return redactObject(value, depth + 1);
}

function describeError(error: Error, depth: number): Record<string, unknown> {
  return {
    ...redactObject(error, depth + 1),
    name: error.name,
    message: redactText(error.message),
    ...(error.stack === undefined ? {} : { stack: redactText(error.stack) }),
    ...(error.cause === undefined ? {} : { cause: redactValue(error.cause, depth + 1) }),
  };
}

/** A getter that throws must not end what was being logged. */
function readSafely(fields: object, key: string): unknown {
  try {
    return Reflect.get(fields, key);
  } catch {
    return '[unreadable]';
  }
}
