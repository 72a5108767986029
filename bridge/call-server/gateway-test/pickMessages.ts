import type { TracedSipMessage } from '../../sip-stack/index.ts';

/**
 * The messages of a test among all those to and from its gateway, which carries other calls meanwhile: probes and registrations
 * until its own call begins, and then those with the Call-ID of that.
 */
export function isOfTest({ text }: TracedSipMessage, sipCallIds: ReadonlySet<string>): boolean {
  if (sipCallIds.size === 0) return /^CSeq\s*:\s*\d+\s+(OPTIONS|REGISTER)\b/im.test(text);
  const callId = /^(?:Call-ID|i)\s*:\s*(\S+)/im.exec(text)?.[1];
  return callId !== undefined && sipCallIds.has(callId);
}
