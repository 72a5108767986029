import { formatHost, parseCSeq, parseVia, type SipHeaders, type SipRequest, tagOf } from '../../message/index.ts';

/** A branch that starts so is unique by itself (RFC 3261 section 8.1.1.7). */
export const MAGIC_COOKIE = 'z9hG4bK';

/** What a request and its repeats, its ACK of a failure and its CANCEL have in common (RFC 3261 section 17.2.3). */
export function serverTransactionKey(request: SipRequest, method: string): string {
  const topVia = request.headers.get('Via') ?? '';
  const via = parseVia(topVia);
  const branch = via?.params.get('branch') ?? '';
  if (via !== null && branch.startsWith(MAGIC_COOKIE)) return `${method} ${branch} ${formatHost(via.host, via.port)}`;
  // Peers of RFC 2543 have no unique branch.
  const { headers } = request;
  const sequence = parseCSeq(headers.get('CSeq') ?? '')?.number;
  return `${method} 2543 ${headers.get('Call-ID')} ${tagOf(headers.get('From'))} ${sequence} ${topVia}`;
}

/** What a 2xx of ours and its ACK have in common (RFC 3261 section 13.2.2.4). */
export function acceptedKey(headers: SipHeaders, toTag: string): string {
  const sequence = parseCSeq(headers.get('CSeq') ?? '')?.number;
  return `${headers.get('Call-ID')} ${tagOf(headers.get('From'))} ${toTag} ${sequence}`;
}

/** Responses find their transaction by branch and method, whatever connection they come by (RFC 3261 section 17.1.3). */
export function clientTransactionKey(branch: string, method: string): string {
  return `${method} ${branch}`;
}
