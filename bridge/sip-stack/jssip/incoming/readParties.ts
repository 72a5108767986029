import {
  type NameAddr,
  parseNameAddr,
  parseUri,
  type SipRequest,
  type SipUri,
  type TelUri,
  uriUser,
} from '../../message/index.ts';

/** Who is called, and by whom, as an INVITE says it. Texts hold no control characters and are bounded. */
export interface Parties {
  readonly calledUser: string;
  readonly toUser: string;
  readonly callingUser: string | null;
  readonly callingName: string | null;
}

const MAX_NAME = 200;

export function readParties(invite: SipRequest): Parties {
  const { headers } = invite;
  const requestUri = parseUri(invite.uri);
  const to = parseNameAddr(headers.get('To') ?? '');
  return {
    calledUser: requestUri === null ? '' : userOf(requestUri),
    toUser: to === null ? '' : userOf(to.uri),
    ...readCaller(invite),
  };
}

function readCaller(invite: SipRequest): Pick<Parties, 'callingUser' | 'callingName'> {
  const { headers } = invite;
  const from = parseNameAddr(headers.get('From') ?? '');
  // RFC 3323 section 4.2, RFC 3325 section 9.3: each of these asks for the caller not to be shown.
  const privacy = headers.all('Privacy').flatMap((value) => value.toLowerCase().split(/[;,\s]+/));
  if (privacy.some((item) => item === 'id' || item === 'user' || item === 'header')) return HIDDEN;
  if (from === null || isAnonymous(from)) return HIDDEN;
  const asserted = addressesOf(headers.list('P-Asserted-Identity'));
  const remote = asserted.length > 0 ? [] : addressesOf(headers.list('Remote-Party-ID')).filter(isCallingParty);
  const [identity = from] = [...asserted, ...remote];
  const shown = (remote.length > 0 && identity.params.get('privacy')?.toLowerCase()) || 'off';
  if (isAnonymous(identity) || /full|uri/.test(shown)) return HIDDEN;
  const name = shown === 'name' ? null : (identity.displayName ?? from.displayName ?? null);
  return { callingUser: userOf(identity.uri) || null, callingName: name === null ? null : clean(name) || null };
}

const HIDDEN = { callingUser: null, callingName: null } as const;

function addressesOf(values: readonly string[]): NameAddr[] {
  return values.map((value) => parseNameAddr(value)).filter((address) => address !== null);
}

/** draft-ietf-sip-privacy-04: `party` says whose identity it is; without it, the caller's. */
function isCallingParty(address: NameAddr): boolean {
  return (address.params.get('party') ?? 'calling').toLowerCase() === 'calling';
}

/** RFC 3323 section 4.1.1.3, and how gateways write the same. */
function isAnonymous({ displayName, uri }: NameAddr): boolean {
  if (displayName !== undefined && /^(?:anonymous|restricted)$/i.test(displayName.trim())) return true;
  if (uri.scheme === 'tel') return false;
  return (
    /^(?:anonymous|restricted|unavailable|unknown)$/i.test(uri.user) ||
    /^(?:anonymous|unknown)\.invalid$/i.test(uri.host)
  );
}

/**
 * The user part without its parameters (`;phone-context`, `;npdi`, RFC 3261 section 19.1.6) and without escapes. A telephone
 * number loses its visual separators (RFC 3966 section 5.1.1).
 */
function userOf(uri: SipUri | TelUri): string {
  if (uri.scheme === 'tel') return uri.number;
  const bare = clean(uriUser({ ...uri, user: uri.user.split(';')[0] ?? '' }));
  return /^\+?[\d().-]+$/.test(bare) ? bare.replace(/[().-]/g, '') : bare;
}

/** One line of text that can be shown, kept and sent on. */
function clean(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '')
    .toWellFormed()
    .trim()
    .slice(0, MAX_NAME);
}
