import { parseCSeq } from './CSeq.ts';
import { SipHeaders } from './SipHeaders.ts';
import type { SipRequest, SipResponse } from './SipMessage.ts';

export interface RequestOptions {
  readonly method: string;
  readonly uri: string;
  /** Full header value with its tag. */
  readonly from: string;
  /** Full header value, with a tag inside a dialog. */
  readonly to: string;
  readonly callId: string;
  readonly cseq: number;
  /** Default 70. */
  readonly maxForwards?: number;
  readonly headers?: Iterable<readonly [name: string, value: string]>;
  readonly body?: { readonly type: string; readonly text: string };
}

/** What RFC 3261 section 8.1.1.6 recommends. */
export const MAX_FORWARDS = 70;

/** A request without Via, which the transport layer puts on top (RFC 3261 section 8.1.1). */
export function createRequest(options: RequestOptions): SipRequest {
  const headers = new SipHeaders();
  headers.append('Max-Forwards', String(options.maxForwards ?? MAX_FORWARDS));
  headers.append('From', options.from).append('To', options.to);
  headers.append('Call-ID', options.callId).append('CSeq', `${options.cseq} ${options.method}`);
  for (const [name, value] of options.headers ?? []) headers.append(name, value);
  if (options.body !== undefined) headers.append('Content-Type', options.body.type);
  return { kind: 'request', method: options.method, uri: options.uri, headers, body: options.body?.text ?? '' };
}

/** The ACK of a final failure, in the transaction of its INVITE: same top Via, To of the response (RFC 3261 section 17.1.1.3). */
export function createFailureAck(invite: SipRequest, response: SipResponse): SipRequest {
  return sameTransaction(invite, 'ACK', response.headers.get('To'));
}

/** The CANCEL of an INVITE: the same but for its method (RFC 3261 section 9.1). */
export function createCancel(invite: SipRequest, reason?: string): SipRequest {
  const cancel = sameTransaction(invite, 'CANCEL', invite.headers.get('To'));
  if (reason !== undefined) cancel.headers.append('Reason', reason);
  return cancel;
}

function sameTransaction(invite: SipRequest, method: 'ACK' | 'CANCEL', to: string | undefined): SipRequest {
  const headers = new SipHeaders();
  headers.append('Via', invite.headers.get('Via') ?? '');
  for (const route of invite.headers.all('Route')) headers.append('Route', route);
  headers.append('Max-Forwards', '70');
  headers.append('From', invite.headers.get('From') ?? '').append('To', to ?? '');
  headers.append('Call-ID', invite.headers.get('Call-ID') ?? '');
  headers.append('CSeq', `${parseCSeq(invite.headers.get('CSeq') ?? '')?.number ?? 0} ${method}`);
  return { kind: 'request', method, uri: invite.uri, headers, body: '' };
}
