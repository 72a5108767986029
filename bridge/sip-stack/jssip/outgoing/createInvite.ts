import { createRequest, type SipRequest } from '../../message/index.ts';
import type { CallCredentials } from '../auth/CallCredentials.ts';
import { ALLOW, SUPPORTED } from '../capabilities.ts';
import type { InviteNames } from './InviteNames.ts';

interface InviteParts {
  readonly names: InviteNames;
  readonly callId: string;
  readonly credentials: CallCredentials;
  /** Route headers, first hop first. */
  readonly routes: readonly string[];
  readonly contact: string;
  readonly userAgent: string;
  readonly cseq: number;
  readonly maxForwards: number;
  /** Headers of a session timer. */
  readonly timer: readonly (readonly [name: string, value: string])[];
  readonly offer: string;
}

/** The INVITE that opens a call, with the answers to challenges met so far (RFC 3261 section 13.2.1). */
export function createInvite(parts: InviteParts): SipRequest {
  const uri = parts.names.target();
  return createRequest({
    method: 'INVITE',
    uri,
    from: parts.names.from(),
    to: parts.names.to(),
    callId: parts.callId,
    cseq: parts.cseq,
    maxForwards: parts.maxForwards,
    headers: [
      ...parts.routes.map((value) => ['Route', value] as const),
      ['Contact', parts.contact],
      ...parts.names.identityHeaders(),
      ...parts.names.replacesHeader(),
      ...parts.credentials.headersFor({ method: 'INVITE', uri, body: parts.offer }),
      ['Allow', ALLOW],
      ['Supported', SUPPORTED.join(', ')],
      ...parts.timer,
      ['User-Agent', parts.userAgent],
    ],
    body: { type: 'application/sdp', text: parts.offer },
  });
}
