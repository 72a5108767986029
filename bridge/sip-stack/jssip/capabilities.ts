/** Methods that we answer other than with 405. */
export const ALLOW = 'INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK';
/** Extensions that we understand when a gateway requires them. */
export const SUPPORTED = ['100rel'] as const;
export const ACCEPT = 'application/sdp, application/dtmf-relay';
