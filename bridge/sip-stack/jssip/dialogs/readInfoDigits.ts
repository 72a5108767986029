import type { SipRequest } from '../../message/index.ts';

/**
 * The keys in an INFO, as gateways write them who take no RFC 4733 events: `application/dtmf-relay` (`Signal=5`, one key) or
 * `application/dtmf` (the keys alone). Empty: it tells of none. No RFC defines them; RFC 6086 calls this legacy INFO.
 */
export function readInfoDigits({ headers, body }: Pick<SipRequest, 'headers' | 'body'>): string {
  const type = headers.get('Content-Type')?.split(';')[0]?.trim().toLowerCase();
  const written =
    type === 'application/dtmf-relay'
      ? /^\s*Signal\s*=\s*(\S)/im.exec(body)?.[1]
      : type === 'application/dtmf'
        ? body.trim()
        : '';
  const digits = (written ?? '').toUpperCase();
  return /^[0-9A-D*#]{1,32}$/.test(digits) ? digits : '';
}
