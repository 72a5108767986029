import type { SipHeaders } from './SipHeaders.ts';

export interface SipRequest {
  readonly kind: 'request';
  /** Upper case. */
  readonly method: string;
  /** Request-URI as it stood in the message. */
  readonly uri: string;
  readonly headers: SipHeaders;
  readonly body: string;
}

export interface SipResponse {
  readonly kind: 'response';
  /** 100-699. */
  readonly status: number;
  readonly reason: string;
  readonly headers: SipHeaders;
  readonly body: string;
}

export type SipMessage = SipRequest | SipResponse;
