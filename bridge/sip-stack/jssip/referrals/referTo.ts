import { escapeUser, parseNameAddr, type SipRequest, uriUser } from '../../message/index.ts';
import type { SipDialogId } from '../../port/index.ts';
import { formatReplaces, parseReplaces } from './replaces.ts';

export interface ReferTo {
  /** Null: nobody whom we could call. */
  readonly user: string | null;
  readonly replaces: SipDialogId | null;
}

const NOBODY: ReferTo = { user: null, replaces: null };

/** Whom a REFER is about (RFC 3515 section 2.1); null where it doesn't name exactly one. */
export function readReferTo({ headers }: SipRequest): ReferTo | null {
  const [value, ...more] = headers.list('Refer-To');
  if (value === undefined || more.length > 0) return null;
  const uri = parseNameAddr(value)?.uri;
  if (uri === undefined) return NOBODY;
  // Another method than INVITE asks for something that isn't a call.
  if ((uri.params.get('method') ?? 'INVITE').toUpperCase() !== 'INVITE') return NOBODY;
  const user = uriUser(uri).split(';')[0] ?? '';
  if (user === '') return NOBODY;
  if (uri.scheme === 'tel' || uri.headers === undefined) return { user, replaces: null };
  const text = headerOf(uri.headers, 'replaces');
  if (text === undefined) return { user, replaces: null };
  const replaces = text === null ? null : parseReplaces(text);
  // To call without what was to be replaced would be another call than the one asked for.
  if (replaces === null) return NOBODY;
  // As whoever is called knows the dialog: its own tag is the one in `to-tag` (RFC 3891 section 3).
  return { user, replaces: { callId: replaces.callId, localTag: replaces.toTag, remoteTag: replaces.fromTag } };
}

/** A header that the URI carries, unescaped; null where it can't be, undefined where there is none. */
function headerOf(headers: string, name: string): string | null | undefined {
  for (const pair of headers.split('&')) {
    const [key = '', value = ''] = pair.split('=', 2);
    if (key.toLowerCase() !== name) continue;
    try {
      return decodeURIComponent(value);
    } catch {
      return null;
    }
  }
  return undefined;
}

/** Value of Refer-To. `replaces` is a dialog of ours with whom `user` stands for: they know our tag as the other side's. */
export function formatReferTo(to: { user: string; domain: string; replaces?: SipDialogId }): string {
  const uri = `sip:${escapeUser(to.user)}@${to.domain}`;
  if (to.replaces === undefined) return `<${uri}>`;
  const { callId, localTag, remoteTag } = to.replaces;
  const text = formatReplaces({ callId, toTag: remoteTag, fromTag: localTag });
  return `<${uri}?Replaces=${encodeURIComponent(text)}>`;
}
