import { parseParams, type SipMessage } from '../../message/index.ts';

/** Q.850 cause from a Reason header (RFC 3326); undefined where none is given. */
export function readQ850(message: SipMessage): number | undefined {
  for (const value of message.headers.list('Reason')) {
    const [protocol, ...rest] = value.split(';');
    const cause = parseParams(rest.join(';'))?.get('cause');
    if (protocol?.trim().toUpperCase() === 'Q.850' && cause && /^\d{1,3}$/.test(cause)) return Number(cause);
  }
  return undefined;
}

/** Milliseconds from a Retry-After header (RFC 3261 section 20.33); undefined where none is given. */
export function readRetryAfterMs(message: SipMessage): number | undefined {
  const seconds = /^\s*(\d{1,7})/.exec(message.headers.get('Retry-After') ?? '')?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}
