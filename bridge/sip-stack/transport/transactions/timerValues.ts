/** Round-trip estimate, RFC 3261 section 17.1.1.1. All values in milliseconds. */
export const T1_MS = 500;
/** Longest pause between repeats of a non-INVITE request or of an INVITE's response. */
export const T2_MS = 4000;
/** How long a message may live in the network. */
export const T4_MS = 5000;
/** Timers B, F, H, J, L, M and the shortest D (RFC 3261 section 17, RFC 6026 section 8). */
export const TRANSACTION_LIFETIME_MS = 64 * T1_MS;
