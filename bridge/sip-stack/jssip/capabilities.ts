/** Methods that we answer other than with 405. */
export const ALLOW = 'INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK, REFER, NOTIFY';
/** Extensions that we understand when a gateway requires them. */
export const SUPPORTED = ['100rel', 'replaces', 'timer', 'norefersub'] as const;
export const ACCEPT = 'application/sdp, application/dtmf-relay';

/** What an answer to OPTIONS, and a request that can change the session, says of us (RFC 3261 sections 11.2, 13.2.1). */
export function capabilityHeaders(): [name: string, value: string][] {
  return [
    ['Allow', ALLOW],
    ['Accept', ACCEPT],
    ['Supported', SUPPORTED.join(', ')],
  ];
}
