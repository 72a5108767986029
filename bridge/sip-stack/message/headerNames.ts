/** Compact forms (RFC 3261 section 7.3.3 and the IANA registry of SIP header fields). */
const COMPACT: ReadonlyMap<string, string> = new Map([
  ['a', 'Accept-Contact'],
  ['b', 'Referred-By'],
  ['c', 'Content-Type'],
  ['d', 'Request-Disposition'],
  ['e', 'Content-Encoding'],
  ['f', 'From'],
  ['i', 'Call-ID'],
  ['j', 'Reject-Contact'],
  ['k', 'Supported'],
  ['l', 'Content-Length'],
  ['m', 'Contact'],
  ['n', 'Identity-Info'],
  ['o', 'Event'],
  ['r', 'Refer-To'],
  ['s', 'Subject'],
  ['t', 'To'],
  ['u', 'Allow-Events'],
  ['v', 'Via'],
  ['x', 'Session-Expires'],
  ['y', 'Identity'],
]);

/** Names whose usual spelling isn't each word with a capital. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  ['Call-ID', 'CSeq', 'WWW-Authenticate', 'MIME-Version', 'RSeq', 'RAck', 'SIP-ETag', 'SIP-If-Match'].map((name) => [
    name.toLowerCase(),
    name,
  ]),
);

/** What nearly every message carries, spelled as here: these names need no look at their letters. */
const USUAL: ReadonlyMap<string, string> = new Map(
  [
    ...['Via', 'Max-Forwards', 'From', 'To', 'Call-ID', 'CSeq', 'Contact', 'Content-Type', 'Content-Length', 'Route'],
    ...['Record-Route', 'Allow', 'Supported', 'Require', 'User-Agent', 'Server', 'Reason', 'Expires', 'Date'],
    ...['Authorization', 'Proxy-Authorization', 'WWW-Authenticate', 'Proxy-Authenticate', 'RSeq', 'RAck'],
  ].map((name) => [name, name.toLowerCase()]),
);

/** The long form of a name in its usual spelling. */
export function canonicalHeaderName(name: string): string {
  if (USUAL.has(name)) return name;
  const lower = name.toLowerCase();
  return (
    COMPACT.get(lower) ??
    SPELLINGS.get(lower) ??
    lower.replace(/(^|-)([a-z])/g, (_match, dash: string, letter: string) => dash + letter.toUpperCase())
  );
}

/** What two spellings of one name have in common. */
export function headerKey(name: string): string {
  return USUAL.get(name) ?? (COMPACT.get(name.toLowerCase()) ?? name).toLowerCase();
}
