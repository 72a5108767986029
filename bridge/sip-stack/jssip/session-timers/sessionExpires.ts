import { parseParams, type SipMessage } from '../../message/index.ts';

/** Session-Expires (RFC 4028 section 4). */
export interface SessionExpires {
  readonly seconds: number;
  /** Seen from the request that it stands in or answers. */
  readonly refresher: 'uac' | 'uas' | null;
}

/** No session may be shorter (RFC 4028 section 5). */
export const MIN_SECONDS = 90;
/** Beyond a day a timer says nothing any more. */
const MAX_SECONDS = 86_400;

/** Null where there is none, or none that can be read. */
export function readSessionExpires({ headers }: SipMessage): SessionExpires | null {
  const [text = '', ...rest] = (headers.get('Session-Expires') ?? '').split(';');
  if (!/^\s*\d{1,10}\s*$/.test(text)) return null;
  const refresher = parseParams(rest.join(';'))?.get('refresher')?.toLowerCase();
  return {
    seconds: Math.min(Number(text), MAX_SECONDS),
    refresher: refresher === 'uac' || refresher === 'uas' ? refresher : null,
  };
}

/** Min-SE in seconds (RFC 4028 section 5); what the RFC says where there is none. */
export function readMinSeconds({ headers }: SipMessage): number {
  const seconds = /^\s*(\d{1,10})/.exec(headers.get('Min-SE') ?? '')?.[1];
  return Math.min(MAX_SECONDS, Math.max(MIN_SECONDS, Number(seconds ?? 0)));
}

/** Why an INVITE or UPDATE can't be taken: its session would be too short (section 9). Whoever doesn't know timers must not be told. */
export function findIntervalRefusal(
  request: SipMessage,
): { status: 422; headers: readonly (readonly [name: string, value: string])[] } | null {
  const asked = readSessionExpires(request);
  const isRefused = asked !== null && asked.seconds < MIN_SECONDS && request.headers.lists('Supported', 'timer');
  return isRefused ? { status: 422, headers: [['Min-SE', String(MIN_SECONDS)]] } : null;
}
