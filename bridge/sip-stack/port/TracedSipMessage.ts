import type { SipTransport } from './SipPeer.ts';

/** One SIP message as it went over the wire. Passwords, digests and SRTP keys are blanked. */
export interface TracedSipMessage {
  /** Milliseconds since the epoch, with fractions. */
  readonly atMs: number;
  readonly direction: 'sent' | 'received';
  readonly transport: SipTransport;
  readonly local: string;
  readonly remote: string;
  readonly text: string;
}

/** A message of a call, or of an attempt at one. Of its body only codecs and direction are left, and no headers that may carry anything. */
export interface TracedCallMessage extends TracedSipMessage {
  /** Call-ID header. */
  readonly sipCallId: string;
  readonly peerId: string;
}
