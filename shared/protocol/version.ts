/**
 * Version of the non-native protocol. A change that an older client would misread raises it;
 * a new optional field or a new message does not.
 */
export const protocolVersion = 1;

/** How long either side waits for an ack before the request counts as failed, in milliseconds. */
export const requestTimeoutMs = 10_000;
