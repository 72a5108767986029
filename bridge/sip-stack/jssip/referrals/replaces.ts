import { parseParams } from '../../message/index.ts';

/** The Replaces header (RFC 3891 section 6.1). */
export interface Replaces {
  readonly callId: string;
  /** Local tag of whoever receives it. */
  readonly toTag: string;
  /** Remote tag of whoever receives it. */
  readonly fromTag: string;
  /** Only while it isn't answered. */
  readonly isEarlyOnly: boolean;
}

/** Characters of a Call-ID (RFC 3261 section 25.1), bounded. */
const CALL_ID = /^[A-Za-z0-9\-.!%*_+`'~()<>:\\"/[\]?{}@]{1,256}$/;
const TAG = /^[A-Za-z0-9\-.!%*_+`'~]{1,256}$/;

/** Null when unreadable: what is read can be written into a header again. */
export function parseReplaces(text: string): Replaces | null {
  const [callId = '', ...rest] = text.split(';').map((part) => part.trim());
  const params = parseParams(rest.join(';'));
  const toTag = params?.get('to-tag') ?? '';
  const fromTag = params?.get('from-tag') ?? '';
  if (!CALL_ID.test(callId) || !TAG.test(toTag) || !TAG.test(fromTag)) return null;
  return { callId, toTag, fromTag, isEarlyOnly: params?.has('early-only') ?? false };
}

export function formatReplaces({ callId, toTag, fromTag }: Omit<Replaces, 'isEarlyOnly'>): string {
  return `${callId};to-tag=${toTag};from-tag=${fromTag}`;
}
