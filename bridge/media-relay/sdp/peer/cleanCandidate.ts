const attribute =
  /^(?:a=)?(candidate:[A-Za-z0-9+/]{1,32} 1 (udp|tcp) \d{1,10} [A-Za-z0-9.:%_-]{1,255} (\d{1,5}) typ (?:host|srflx|prflx|relay))((?: [!-~]+ [!-~]+)*) *$/i;
/** What may follow (RFC 8839 section 5.1, RFC 6544 section 4.5): other extensions are left out. */
const known = / (raddr|rport|tcptype) ([A-Za-z0-9.:%_-]{1,255})(?= |$)/gi;

/**
 * An ICE candidate as it may be passed on, without `a=`: of RTP alone, which RTCP shares (RFC 5761), and with nothing in it but what
 * is known. null: it is none.
 */
export function cleanCandidate(line: string): string | null {
  const match = attribute.exec(line);
  if (match === null) return null;
  const [, start = '', , port, rest = ''] = match;
  if (Number(port) > 65_535) return null;
  const extensions = [...rest.matchAll(known)].map(([, name, value]) => ` ${name} ${value}`);
  return `${start}${extensions.join('')}`;
}
