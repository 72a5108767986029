import type { EventEmitter } from 'node:events';

export interface RegistrationState {
  readonly state: 'trying' | 'registered' | 'failed';
  /** When the registrar forgets us, in milliseconds since the epoch; null while it doesn't know us. */
  readonly expiresAtMs: number | null;
  /** In plain words, when `failed`. It is tried again all the same, after a growing time. */
  readonly problem: string | null;
}

export interface SipRegistrationEvents {
  changed: [RegistrationState];
}

/** Keeps us registered with one gateway (RFC 3261 section 10) until it is closed. */
export interface SipRegistration extends EventEmitter<SipRegistrationEvents> {
  readonly state: RegistrationState;
  /** Registers at once, e.g. after a call or probe found that it lost us. */
  refresh(): void;
  /** Unregisters, waits 2 s at most for the answer, and stops. Idempotent. */
  close(): Promise<void>;
}
