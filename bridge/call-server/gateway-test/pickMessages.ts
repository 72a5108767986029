import type { TracedSipMessage } from '../../sip-stack/index.ts';

/**
 * The messages of a test among all those to and from its gateway, which carries other calls meanwhile: probes and registrations, and
 * the call with one of these Call-IDs.
 */
export function isOfTest({ text }: TracedSipMessage, sipCallIds: ReadonlySet<string>): boolean {
  const method = /^CSeq\s*:\s*\d+\s+([A-Z]+)/im.exec(text)?.[1];
  if (method === 'OPTIONS' || method === 'REGISTER') return true;
  const callId = /^(?:Call-ID|i)\s*:\s*(\S+)/im.exec(text)?.[1];
  return callId !== undefined && sipCallIds.has(callId);
}
