import { parseNameAddr, type ResponseOptions, type SipRequest } from '../../message/index.ts';
import { ACCEPT, SUPPORTED } from '../capabilities.ts';
import { sdpOf } from '../dialogs/sdpOf.ts';
import { findIntervalRefusal } from '../session-timers/sessionExpires.ts';

type Refusal = Omit<ResponseOptions, 'toTag'>;

/** Why an INVITE that opens a call can't be taken (RFC 3261 sections 8.2.2 and 8.2.3); null where it can. */
export function findRefusal(invite: SipRequest): Refusal | null {
  const { headers } = invite;
  // We pass calls on, like a proxy: one that goes round in circles ends here (section 16.3).
  if (Number(headers.get('Max-Forwards') ?? 1) === 0) return { status: 483 };
  const contact = headers.list('Contact');
  if (contact.length !== 1 || parseNameAddr(contact[0] ?? '') === null) {
    return { status: 400, reason: 'One Contact is needed' };
  }
  const unknown = headers.list('Require').filter((item) => !SUPPORTED.some((known) => known === item.toLowerCase()));
  if (unknown.length > 0) return { status: 420, headers: [['Unsupported', unknown.join(', ')]] };
  return findIntervalRefusal(invite) ?? findBodyRefusal(invite);
}

function findBodyRefusal(invite: SipRequest): Refusal | null {
  const { headers } = invite;
  const encodings = headers.list('Content-Encoding').filter((item) => item.toLowerCase() !== 'identity');
  if (encodings.length > 0) return { status: 415, headers: [['Accept-Encoding', 'identity']] };
  if (invite.body.trim() === '' || sdpOf(invite) !== null) return null;
  // Whoever sent it may do without it being read (section 20.11).
  const isOptional = /;\s*handling\s*=\s*optional\b/i.test(headers.get('Content-Disposition') ?? '');
  return isOptional ? null : { status: 415, headers: [['Accept', ACCEPT]] };
}
