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
