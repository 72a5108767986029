import { parseCSeq } from './CSeq.ts';
import { parseNameAddr } from './NameAddr.ts';
import type { SipMessage } from './SipMessage.ts';
import { parseUri } from './SipUri.ts';
import { parseVia } from './Via.ts';

export interface Problem {
  readonly text: string;
  readonly status: number;
}

const SINGLE = ['From', 'To', 'Call-ID', 'CSeq', 'Max-Forwards', 'Content-Type'];

/**
 * What a message may not lack (RFC 3261 sections 8.1.1, 16.3, 18): Via, From with a readable address, To, Call-ID, CSeq
 * of the same method. Max-Forwards may be missing, as it is with old peers. Null when all is well.
 */
export function findProblem(message: SipMessage): Problem | null {
  const { headers } = message;
  const problem = (text: string, status = 400): Problem => ({ text, status });
  for (const name of SINGLE) if (headers.all(name).length > 1) return problem(`${name} more than once`);
  const vias = headers.all('Via');
  if (vias.length === 0) return problem('no Via');
  if (vias.some((via) => parseVia(via) === null)) return problem('an unreadable Via');
  for (const name of ['From', 'To']) {
    const value = headers.get(name);
    if (value === undefined || parseNameAddr(value) === null) return problem(`no readable ${name}`);
  }
  const callId = headers.get('Call-ID');
  if (callId === undefined || !/^[^\s,]{1,512}$/.test(callId)) return problem('no readable Call-ID');
  const cseq = parseCSeq(headers.get('CSeq') ?? '');
  if (cseq === null) return problem('no readable CSeq');
  if (headers.all('Contact').some((value) => value !== '*' && parseNameAddr(value) === null)) {
    return problem('an unreadable Contact');
  }
  if (message.kind === 'response') return null;
  if (cseq.method !== message.method) return problem('CSeq names another method');
  const hops = headers.get('Max-Forwards');
  if (hops !== undefined && !/^\d{1,3}$/.test(hops)) return problem('an unreadable Max-Forwards');
  if (parseUri(message.uri) !== null) return null;
  return /^[A-Za-z][A-Za-z0-9+.-]*:/.test(message.uri) && !/^(sips?|tel):/i.test(message.uri)
    ? problem('a URI scheme that is not served', 416)
    : problem('an unreadable request URI');
}
