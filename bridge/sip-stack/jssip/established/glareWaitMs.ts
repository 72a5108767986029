/**
 * How long a re-INVITE that met one of the other side's waits before it is sent again (RFC 3261 section 14.1), in steps of 10 ms:
 * 2.1 to 4 s for the side that made the Call-ID, 0 to 2 s for the other, so that they don't meet again. `fraction` is from 0 to below 1.
 */
export function glareWaitMs(isOwnerOfCallId: boolean, fraction: number): number {
  const [fromMs, toMs] = isOwnerOfCallId ? [2100, 4000] : [0, 2000];
  return fromMs + Math.floor(fraction * ((toMs - fromMs) / 10 + 1)) * 10;
}
