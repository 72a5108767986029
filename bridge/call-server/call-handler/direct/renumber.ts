/** The same description with this `o=` line: the address stays. */
export function renumber(
  sdp: string,
  { sessionId, version }: { readonly sessionId: string; readonly version: number },
) {
  return sdp.replace(/^o=(\S+) \S+ \S+ (.*)$/m, `o=$1 ${sessionId} ${version} $2`);
}
