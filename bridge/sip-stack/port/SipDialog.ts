export interface SipCallEnd {
  readonly by: 'remote' | 'local' | 'transport';
  /** Final status of the BYE, or of the request that failed. */
  readonly status?: number;
  /** Cause from a Reason header (RFC 3326), where given. */
  readonly q850?: number;
  readonly reason?: string;
}

/** What both kinds of calls can do once they are answered. */
export interface SipDialog {
  /** Call-ID header of the dialog, for the record. */
  readonly sipCallId: string;
  /** DTMF by INFO (application/dtmf-relay). Resolves on 2xx; rejects on anything else without touching the call. */
  sendInfoDtmf(digit: string, durationMs: number): Promise<void>;
}
