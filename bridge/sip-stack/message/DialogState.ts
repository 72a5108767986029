import { parseCSeq } from './CSeq.ts';
import { createRequest } from './createRequest.ts';
import { formatNameAddr, parseNameAddr } from './NameAddr.ts';
import type { SipRequest, SipResponse } from './SipMessage.ts';
import { formatUri } from './SipUri.ts';

/** What a dialog remembers (RFC 3261 section 12). Plain data; `localSequence` is counted up by whoever owns it. */
export interface DialogState {
  readonly callId: string;
  /** Our From value, with its tag. */
  readonly local: string;
  /** Their To value, with its tag. */
  readonly remote: string;
  /** Contact of the other side. */
  readonly remoteTarget: string;
  readonly routes: readonly string[];
  localSequence: number;
}

/** The dialog of a 101-299 response to our request (RFC 3261 section 12.1.2). Null without To tag or Contact. */
export function dialogOfUac(response: SipResponse): DialogState | null {
  const { headers } = response;
  return assemble({
    callId: headers.get('Call-ID'),
    local: headers.get('From'),
    remote: headers.get('To'),
    contact: headers.get('Contact'),
    routes: headers.all('Record-Route').reverse(),
    localSequence: parseCSeq(headers.get('CSeq') ?? '')?.number ?? 0,
  });
}

/** The dialog of our 101-299 response to their request (RFC 3261 section 12.1.1). Null without Contact. */
export function dialogOfUas(request: SipRequest, response: SipResponse): DialogState | null {
  return assemble({
    callId: request.headers.get('Call-ID'),
    local: response.headers.get('To'),
    remote: request.headers.get('From'),
    contact: request.headers.get('Contact'),
    routes: request.headers.all('Record-Route'),
    localSequence: 0,
  });
}

function assemble(parts: {
  callId: string | undefined;
  local: string | undefined;
  remote: string | undefined;
  contact: string | undefined;
  routes: readonly string[];
  localSequence: number;
}): DialogState | null {
  const target = parts.contact === undefined ? null : parseNameAddr(parts.contact);
  if (target === null || parts.callId === undefined || parts.local === undefined || parts.remote === undefined)
    return null;
  return {
    callId: parts.callId,
    local: parts.local,
    remote: parts.remote,
    remoteTarget: formatUri(target.uri),
    routes: parts.routes,
    localSequence: parts.localSequence,
  };
}

export interface DialogRequestOptions {
  readonly method: string;
  /** The INVITE's number for its ACK; the next one otherwise. */
  readonly cseq?: number;
  readonly headers?: Iterable<readonly [name: string, value: string]>;
  readonly body?: { readonly type: string; readonly text: string };
}

/** A request inside the dialog (RFC 3261 section 12.2.1.1), with loose and strict routes; counts the sequence up. */
export function createDialogRequest(dialog: DialogState, options: DialogRequestOptions): SipRequest {
  if (options.cseq === undefined) dialog.localSequence += 1;
  const { uri, routes } = route(dialog);
  return createRequest({
    method: options.method,
    uri,
    from: dialog.local,
    to: dialog.remote,
    callId: dialog.callId,
    cseq: options.cseq ?? dialog.localSequence,
    headers: [...routes.map((value) => ['Route', value] as const), ...(options.headers ?? [])],
    ...(options.body === undefined ? {} : { body: options.body }),
  });
}

function route(dialog: DialogState): { uri: string; routes: readonly string[] } {
  const first = parseNameAddr(dialog.routes[0] ?? '');
  if (first === null || first.params.has('lr') || first.uri.params.has('lr')) {
    return { uri: dialog.remoteTarget, routes: dialog.routes };
  }
  // Strict router of RFC 2543: it becomes the request URI and the target goes last.
  const target = parseNameAddr(`<${dialog.remoteTarget}>`);
  const last = target === null ? [] : [formatNameAddr(target)];
  return { uri: formatUri(first.uri), routes: [...dialog.routes.slice(1), ...last] };
}
