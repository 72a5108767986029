import { MediaError } from '../../port/index.ts';
import type { CodecPayload, Direction } from '../codecFormats.ts';
import { type MediaSection, readDescription } from '../readDescription.ts';
import { readPayloads } from '../readPayloads.ts';
import { cleanCandidate } from './cleanCandidate.ts';

/** As long as a browser's may be. */
const maxLength = 20_000;
const maxCandidates = 50;

export interface PeerCodec extends CodecPayload {
  /** As the other side wrote it. */
  readonly formatParameters: string | null;
}

/** What one WebRTC peer tells the other: one audio line, ICE (RFC 8839) and DTLS-SRTP (RFC 5763). */
export interface PeerDescription {
  /** Number of its session (RFC 8866 section 5.2). */
  readonly sessionId: string;
  readonly mid: string | null;
  readonly isBundled: boolean;
  readonly isIceLite: boolean;
  readonly ice: { readonly usernameFragment: string; readonly password: string };
  readonly fingerprint: { readonly algorithm: string; readonly value: string };
  readonly setup: 'actpass' | 'active' | 'passive';
  readonly direction: Direction;
  /** Those that we know, in the peer’s order. */
  readonly codecs: readonly PeerCodec[];
  /** Without `a=`, as they may be passed on. */
  readonly candidates: readonly string[];
  /** It has named all candidates that it has. */
  readonly isComplete: boolean;
  readonly source: { readonly ssrc: number; readonly cname: string } | null;
}

/**
 * Reads what may be passed on to the other peer.
 * @throws MediaError `code` for what can't be used, `notEncrypted` for an answer without DTLS-SRTP
 */
export function readPeerDescription(sdp: string, code: 'badOffer' | 'badAnswer'): PeerDescription {
  const fail = (problem: string, because: MediaError['code'] = code): never => {
    throw new MediaError(because, problem);
  };
  if (sdp.length > maxLength) return fail('the SDP is too long');
  const result = readDescription(sdp);
  if ('problem' in result) return fail(result.problem);
  const { description } = result;
  const [audio] = description.media;
  if (description.media.length !== 1 || audio?.type !== 'audio' || audio.port === 0) {
    return fail('the SDP has not the one audio section that is wanted');
  }
  const fingerprint = audio.fingerprint ?? description.fingerprint;
  if (fingerprint === undefined)
    return fail('the SDP has no DTLS fingerprint', code === 'badAnswer' ? 'notEncrypted' : code);
  const usernameFragment = audio.iceUfrag ?? description.iceUfrag ?? '';
  const password = audio.icePwd ?? description.icePwd ?? '';
  // Bounds and characters of RFC 8839 section 5.4.
  if (!/^[A-Za-z0-9+/]{4,256}$/.test(usernameFragment) || !/^[A-Za-z0-9+/]{22,256}$/.test(password)) {
    return fail('the SDP has no ICE credentials');
  }
  const lines = sdp.split(/\r\n|\r|\n/);
  // baresip's early answers leave the line out, and yet name no place for RTCP of its own.
  const isMuxed = audio.rtcpMux !== undefined || (code === 'badAnswer' && hasOnePort(lines));
  if (!isMuxed) return fail('RTP and RTCP don’t share one port');
  const mid = audio.mid ?? null;
  return {
    sessionId: /^o=\S+ (\d{1,19}) /m.exec(sdp)?.[1] ?? '1',
    mid,
    isBundled: (description.groups ?? []).some(({ type, mids }) => type === 'BUNDLE' && mids === mid),
    isIceLite: description.icelite !== undefined,
    ice: { usernameFragment, password },
    fingerprint: { algorithm: fingerprint.type.toLowerCase(), value: fingerprint.hash.toUpperCase() },
    setup: readSetup(audio.setup ?? description.setup) ?? fail('the SDP does not say which side starts DTLS (a=setup)'),
    direction: audio.direction ?? description.direction ?? 'sendrecv',
    codecs: readPayloads(audio).codecs.map((codec) => ({ ...codec, formatParameters: formatOf(audio, codec) })),
    candidates: candidatesIn(lines),
    isComplete: lines.includes('a=end-of-candidates'),
    source: sourceOf(audio),
  };
}

function candidatesIn(lines: readonly string[]): readonly string[] {
  const candidates = lines.filter((line) => line.startsWith('a=candidate:')).map(cleanCandidate);
  return candidates.filter((candidate) => candidate !== null).slice(0, maxCandidates);
}

/** Candidates of RTP, and none of RTCP (component 2, RFC 8445 section 5.1.1). */
function hasOnePort(lines: readonly string[]): boolean {
  const components = lines.flatMap((line) => /^a=candidate:\S+ (\d+) /.exec(line)?.[1] ?? []);
  return components.length > 0 && components.every((component) => component === '1');
}

function readSetup(setup: string | undefined): PeerDescription['setup'] | null {
  return setup === 'actpass' || setup === 'active' || setup === 'passive' ? setup : null;
}

function formatOf(audio: MediaSection, { payloadType }: CodecPayload): string | null {
  const config = audio.fmtp.find(({ payload }) => payload === payloadType)?.config ?? '';
  return /^[A-Za-z0-9=;., _/-]{1,200}$/.test(config) ? config : null;
}

function sourceOf({ ssrcs = [] }: MediaSection): PeerDescription['source'] {
  const line = ssrcs.find(({ attribute }) => attribute === 'cname');
  const cname = line?.value ?? '';
  return line !== undefined && /^[!-~]{1,255}$/.test(cname) ? { ssrc: line.id, cname } : null;
}
