/** What stands in place of a secret. */
const BLANK = '…';

const CREDENTIALS =
  /^((?:(?:Proxy-)?Auth(?:orization|enticate)|WWW-Authenticate|(?:Proxy-)?Authentication-Info)[ \t]*:)(.*(?:\r?\n[ \t].*)*)/gim;
const DIGEST_SECRET = /\b(response|nonce|cnonce|opaque|rspauth|nextnonce)(\s*=\s*)(?:"(?:[^"\\]|\\.)*"|[^,\s]+)/gi;
/** RFC 4568 keys, ICE passwords and the keys of old SDP. */
const MEDIA_SECRETS = /(\binline:)[^\s;]*|(^a=ice-pwd:).*|(^k=[a-z]+:).*/gim;
const URI_PASSWORD = /(\bsips?:[^\s@:;<>"]*:)[^\s@<>"]+(?=@)/gi;

/**
 * A message as a person may read it: digests, passwords and SRTP keys are blanked, all else stays octet by octet, also what is
 * unreadable. Basic and unknown ways of authentication lose everything but their name.
 */
export function redactMessage(text: string): string {
  return text
    .replace(CREDENTIALS, (_all, name: string, value: string) => name + redactCredentials(value))
    .replace(MEDIA_SECRETS, (_all, inline?: string, ice?: string, key?: string) => `${inline ?? ice ?? key}${BLANK}`)
    .replace(URI_PASSWORD, `$1${BLANK}`);
}

function redactCredentials(value: string): string {
  const scheme = /^\s*([\w-]+)\s+(?!=)/.exec(value);
  // Authentication-Info has no scheme before its parameters.
  if (scheme === null || scheme[1]?.toLowerCase() === 'digest') {
    return value.replace(DIGEST_SECRET, (_all, name: string, equals: string) => `${name}${equals}"${BLANK}"`);
  }
  return `${scheme[0]}${BLANK}`;
}
