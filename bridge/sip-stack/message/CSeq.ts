import type { SipMessage } from './SipMessage.ts';

export interface CSeq {
  readonly number: number;
  readonly method: string;
}

/** Below 2**31 (RFC 3261 section 8.1.1.5). */
const MAX_CSEQ = 2 ** 31;

export function parseCSeq(text: string): CSeq | null {
  const match = /^(\d{1,10})\s+([A-Za-z0-9\-.!%*_+`'~]{1,32})$/.exec(text.trim());
  const number = Number(match?.[1]);
  const method = match?.[2];
  return method === undefined || number >= MAX_CSEQ ? null : { number, method: method.toUpperCase() };
}

/** The number in CSeq; 0 where it can't be read. */
export function sequenceOf(message: SipMessage): number {
  return parseCSeq(message.headers.get('CSeq') ?? '')?.number ?? 0;
}
