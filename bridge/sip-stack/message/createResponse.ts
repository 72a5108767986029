import { tagOf } from './NameAddr.ts';
import { reasonPhrase } from './reasonPhrase.ts';
import { SipHeaders } from './SipHeaders.ts';
import type { SipRequest, SipResponse } from './SipMessage.ts';

export interface ResponseOptions {
  readonly status: number;
  /** The usual phrase of the status otherwise. */
  readonly reason?: string;
  /** Tag for a To that has none yet; needed for every status but 100 (RFC 3261 section 8.2.6.2). */
  readonly toTag?: string;
  readonly headers?: Iterable<readonly [name: string, value: string]>;
  readonly body?: { readonly type: string; readonly text: string };
}

/** A response to a request: Via, From, To, Call-ID, CSeq and Record-Route as they came (RFC 3261 sections 8.2.6, 12.1.1). */
export function createResponse(request: SipRequest, options: ResponseOptions): SipResponse {
  const headers = new SipHeaders();
  for (const via of request.headers.all('Via')) headers.append('Via', via);
  if (options.status > 100 && options.status < 300) {
    for (const route of request.headers.all('Record-Route')) headers.append('Record-Route', route);
  }
  const to = request.headers.get('To') ?? '';
  const isTagged = tagOf(to) !== undefined || options.toTag === undefined || options.status === 100;
  headers.append('From', request.headers.get('From') ?? '');
  headers.append('To', isTagged ? to : `${to};tag=${options.toTag}`);
  for (const name of ['Call-ID', 'CSeq']) headers.append(name, request.headers.get(name) ?? '');
  for (const [name, value] of options.headers ?? []) headers.append(name, value);
  if (options.body !== undefined) headers.append('Content-Type', options.body.type);
  return {
    kind: 'response',
    status: options.status,
    reason: options.reason ?? reasonPhrase(options.status),
    headers,
    body: options.body?.text ?? '',
  };
}
