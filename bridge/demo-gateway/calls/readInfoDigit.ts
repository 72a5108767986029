import type { SipRequest } from '../../sip-stack/message/index.ts';

/** Some number the two keys as the events of RFC 4733 do. */
const NUMBERED: ReadonlyMap<string, string> = new Map([
  ['10', '*'],
  ['11', '#'],
]);

/**
 * The key in an INFO: `application/dtmf-relay` (`Signal=5`, `Duration=160`) or `application/dtmf` (`5`), both of
 * common usage and no standard. Null for anything else.
 */
export function readInfoDigit(request: SipRequest): string | null {
  const type = (request.headers.get('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase();
  const signal =
    type === 'application/dtmf-relay'
      ? /^\s*Signal\s*=\s*(\S+)/im.exec(request.body)?.[1]
      : type === 'application/dtmf'
        ? request.body.trim()
        : undefined;
  const digit = NUMBERED.get(signal ?? '') ?? signal?.toUpperCase();
  return digit !== undefined && /^[0-9A-D*#]$/.test(digit) ? digit : null;
}
