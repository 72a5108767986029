import { isIPv4 } from 'node:net';
import { type Direction, writeCodecLines } from '../codecFormats.ts';
import type { PeerCodec, PeerDescription } from './readPeerDescription.ts';

export interface PeerDescriptionToWrite
  extends Pick<
    PeerDescription,
    'ice' | 'fingerprint' | 'setup' | 'codecs' | 'candidates' | 'isComplete' | 'source' | 'isIceLite'
  > {
  readonly sessionId: string;
  /** Grows with each change (RFC 3264 section 8). */
  readonly version: number;
  /** Null: the other side knows none. */
  readonly mid: string | null;
  readonly isBundled: boolean;
  readonly direction: Direction;
}

/** One peer’s audio, ICE and DTLS for the other: nothing of the other’s text goes in unread. No header extension, no trickling. */
export function writePeerDescription(description: PeerDescriptionToWrite): string {
  const { mid, ice, fingerprint, codecs, source } = description;
  const { address, port } = defaultDestination(description.candidates);
  const lines = [
    'v=0',
    `o=- ${description.sessionId} ${description.version} IN IP4 0.0.0.0`,
    's=-',
    't=0 0',
    ...(description.isIceLite ? ['a=ice-lite'] : []),
    ...(description.isBundled && mid !== null ? [`a=group:BUNDLE ${mid}`] : []),
    `m=audio ${port} UDP/TLS/RTP/SAVPF ${codecs.map(({ payloadType }) => payloadType).join(' ')}`,
    `c=IN IP4 ${address}`,
    ...(mid === null ? [] : [`a=mid:${mid}`]),
    `a=${description.direction}`,
    ...codecs.flatMap(writeCodec),
    'a=rtcp-mux',
    `a=setup:${description.setup}`,
    `a=fingerprint:${fingerprint.algorithm} ${fingerprint.value}`,
    `a=ice-ufrag:${ice.usernameFragment}`,
    `a=ice-pwd:${ice.password}`,
    ...description.candidates.map((candidate) => `a=${candidate}`),
    ...(description.isComplete ? ['a=end-of-candidates'] : []),
    ...(source === null ? [] : [`a=ssrc:${source.ssrc} cname:${source.cname}`]),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function writeCodec(codec: PeerCodec): string[] {
  const lines = writeCodecLines(codec).filter((line) => !line.startsWith('a=fmtp:'));
  if (codec.formatParameters !== null) lines.push(`a=fmtp:${codec.payloadType} ${codec.formatParameters}`);
  return lines;
}

const typesBestFirst = ['relay', 'srflx', 'host'];

/** RFC 8839 section 4.2.1.2: for who doesn’t know ICE. A name of a browser’s own (mDNS) can’t stand there. */
function defaultDestination(candidates: readonly string[]): { readonly address: string; readonly port: string } {
  const known = candidates.flatMap((candidate) => {
    const [, , protocol, , address = '', port = '', , type = ''] = candidate.split(' ');
    const rank = typesBestFirst.indexOf(type.toLowerCase());
    return protocol?.toLowerCase() === 'udp' && isIPv4(address) && rank >= 0 ? [{ address, port, rank }] : [];
  });
  return known.sort((one, other) => one.rank - other.rank)[0] ?? { address: '0.0.0.0', port: '9' };
}
