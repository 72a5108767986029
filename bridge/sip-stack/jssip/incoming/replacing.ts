import type { ResponseOptions, SipRequest } from '../../message/index.ts';
import type { SipDialogId } from '../../port/index.ts';
import { parseReplaces, type Replaces } from '../referrals/replaces.ts';

/** A call of ours, as far as it can be replaced. */
interface ReplaceableCall {
  readonly peerId: string;
  readonly dialogId: SipDialogId | null;
  /** Null while it isn't up. */
  snapshot(): object | null;
}

function readReplaces({ headers }: SipRequest): Replaces | null {
  const values = headers.all('Replaces');
  return values.length === 1 ? parseReplaces(values[0] ?? '') : null;
}

/** The dialog of ours whose place an INVITE shall take, as we name it; null: it is a call of its own. */
export function replacedBy(invite: SipRequest): SipDialogId | null {
  const replaces = readReplaces(invite);
  return replaces && { callId: replaces.callId, localTag: replaces.toTag, remoteTag: replaces.fromTag };
}

/** Why an INVITE with Replaces can't be taken (RFC 3891 section 3); null where it can, or has none. `find` is by Call-ID and our tag. */
export function findReplacesRefusal(
  invite: SipRequest,
  { peerId, find }: { peerId: string; find: (callId: string, localTag: string) => ReplaceableCall | undefined },
): Omit<ResponseOptions, 'toTag'> | null {
  if (!invite.headers.has('Replaces')) return null;
  const replaces = readReplaces(invite);
  if (replaces === null) return { status: 400, reason: 'One readable Replaces is needed' };
  const call = find(replaces.callId, replaces.toTag);
  // What one gateway calls by name another must not take.
  if (call?.dialogId?.remoteTag !== replaces.fromTag || call.peerId !== peerId) return { status: 481 };
  if (call.snapshot() === null) return { status: 603 };
  return replaces.isEarlyOnly ? { status: 486 } : null;
}
