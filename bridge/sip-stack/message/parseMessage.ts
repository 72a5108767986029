import { findProblem } from './findProblem.ts';
import { SipHeaders } from './SipHeaders.ts';
import type { SipMessage, SipRequest } from './SipMessage.ts';
import { splitList } from './splitList.ts';

/** What one message may cost at most; the defaults are generous for SIP with SDP. */
export interface ParseLimits {
  /** Octets. */
  readonly maxBytes: number;
  readonly maxHeaders: number;
  /** Characters of one header with its folded lines. */
  readonly maxHeaderLength: number;
}

export const DEFAULT_PARSE_LIMITS: ParseLimits = { maxBytes: 65_535, maxHeaders: 200, maxHeaderLength: 8192 };

export type ParseResult =
  | { readonly ok: true; readonly message: SipMessage }
  | {
      readonly ok: false;
      /** In plain words, without anything out of the message. */
      readonly problem: string;
      /** Status to answer with: 400 mostly, 505 for another version, 416 for a scheme that we don't know. */
      readonly status: number;
      /** The request, when enough of it was readable to answer it. */
      readonly answerable?: SipRequest;
    };

const REQUEST_LINE = /^([A-Za-z0-9\-.!%*_+`'~]{1,32}) ([^\s<>"]{1,2048}) SIP\/(\d{1,3}\.\d{1,3})$/i;
const STATUS_LINE = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/i;
const HEADER_NAME = /^[A-Za-z0-9\-.!%*_+`'~]{1,64}$/;
/** Lists whose single values routing looks at; each gets a field of its own. */
const SPLIT = new Set(['via', 'v', 'route', 'record-route', 'contact', 'm']);

const bad = (problem: string, status = 400): ParseResult => ({ ok: false, problem, status });

/**
 * Reads one whole message (RFC 3261 section 7), from a datagram or cut out of a stream. Never throws, works in one
 * pass over the text. Octets past Content-Length are dropped (section 18.3); fewer make the message malformed.
 */
export function parseMessage(input: Uint8Array | string, limits: ParseLimits = DEFAULT_PARSE_LIMITS): ParseResult {
  const bytes =
    typeof input === 'string' ? Buffer.from(input) : Buffer.from(input.buffer, input.byteOffset, input.length);
  if (bytes.length > limits.maxBytes) return bad('larger than allowed', 513);
  const { headEnd, bodyStart } = findHeadEnd(bytes);
  const lines = unfold(bytes.toString('utf8', 0, headEnd));
  const headers = readHeaders(lines.slice(1), limits);
  const startLine = lines[0] ?? '';
  if (typeof headers === 'string') return bad(headers);
  if (/[\r\n\0]/.test(startLine)) return bad('a control character in the first line');
  const body = readBody(bytes.subarray(bodyStart), headers);

  const statusLine = STATUS_LINE.exec(startLine);
  if (statusLine !== null) {
    if (body === null) return bad('Content-Length is wrong');
    const message = {
      kind: 'response',
      status: Number(statusLine[1]),
      reason: (statusLine[2] ?? '').trim(),
      headers,
      body,
    } as const;
    const problem = findProblem(message);
    return problem === null ? { ok: true, message } : bad(problem.text);
  }

  const requestLine = REQUEST_LINE.exec(startLine);
  if (requestLine === null) return bad('the first line is neither a request nor a status');
  const message: SipRequest = {
    kind: 'request',
    method: (requestLine[1] ?? '').toUpperCase(),
    uri: requestLine[2] ?? '',
    headers,
    body: body ?? '',
  };
  const problem =
    requestLine[3] !== '2.0'
      ? { text: 'another version of SIP', status: 505 }
      : body === null
        ? { text: 'Content-Length is wrong', status: 400 }
        : findProblem(message);
  if (problem === null) return { ok: true, message };
  const isAnswerable = message.method !== 'ACK' && ANSWER_NEEDS.every((name) => headers.has(name));
  return { ok: false, problem: problem.text, status: problem.status, ...(isAnswerable ? { answerable: message } : {}) };
}

const ANSWER_NEEDS = ['Via', 'From', 'To', 'Call-ID', 'CSeq'];

function findHeadEnd(bytes: Buffer): { headEnd: number; bodyStart: number } {
  const crlf = bytes.indexOf('\r\n\r\n');
  const lf = bytes.indexOf('\n\n');
  if (crlf !== -1 && (lf === -1 || crlf < lf)) return { headEnd: crlf, bodyStart: crlf + 4 };
  if (lf !== -1) return { headEnd: lf, bodyStart: lf + 2 };
  return { headEnd: bytes.length, bodyStart: bytes.length };
}

/** Joins folded lines by one space (RFC 3261 section 7.3.1). Leading empty lines are skipped (section 7.5). */
function unfold(head: string): string[] {
  const lines: string[] = [];
  const folded: string[][] = [];
  for (const line of head.split(/\r?\n/)) {
    if (folded.length === 0 && line === '') continue;
    if (folded.length > 1 && /^[ \t]/.test(line)) folded.at(-1)?.push(line.trim());
    else folded.push([line]);
  }
  for (const parts of folded) lines.push(parts.join(' '));
  return lines;
}

function readHeaders(lines: readonly string[], limits: ParseLimits): SipHeaders | string {
  if (lines.length > limits.maxHeaders) return 'too many headers';
  const headers = new SipHeaders();
  let count = 0;
  for (const line of lines) {
    if (line === '') continue;
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim();
    if (line.length > limits.maxHeaderLength) return 'a header is too long';
    if (!HEADER_NAME.test(name)) return 'a line that is no header';
    const value = line.slice(colon + 1);
    if (/[\r\n\0]/.test(value)) return 'a control character in a header';
    for (const item of SPLIT.has(name.toLowerCase()) ? splitList(value) : [value]) {
      count += 1;
      if (count > limits.maxHeaders) return 'too many headers';
      headers.append(name, item);
    }
  }
  return headers;
}

/** Null when Content-Length is unreadable or more than there is. */
function readBody(rest: Buffer, headers: SipHeaders): string | null {
  const lengths = headers.all('Content-Length');
  if (lengths.length === 0) return rest.toString('utf8');
  const [length] = lengths;
  if (length === undefined || !/^\d{1,7}$/.test(length) || lengths.some((other) => other !== length)) return null;
  return Number(length) > rest.length ? null : rest.toString('utf8', 0, Number(length));
}
