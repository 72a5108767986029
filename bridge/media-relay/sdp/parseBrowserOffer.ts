import { MediaError } from '../port/index.ts';
import type { CodecPayload, Direction } from './codecFormats.ts';
import { type MediaSection, readDescription } from './readDescription.ts';
import { readPayloads } from './readPayloads.ts';

const fingerprintAlgorithms = ['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512'] as const;
export type FingerprintAlgorithm = (typeof fingerprintAlgorithms)[number];

export interface BrowserOffer {
  readonly audioIndex: number;
  readonly mid: string;
  readonly iceUfrag: string;
  readonly fingerprint: { readonly algorithm: FingerprintAlgorithm; readonly value: string };
  readonly setup: 'actpass' | 'active' | 'passive';
  readonly ssrc: number;
  readonly cname: string;
  /** In the browser's order, with its payload types. */
  readonly codecs: readonly CodecPayload[];
  readonly direction: Direction;
  readonly isBundled: boolean;
  /** All media sections, for those that the answer refuses. */
  readonly media: readonly { readonly type: string; readonly protocol: string; readonly mid: string | null }[];
}

/**
 * Reads a browser's complete offer with one audio section (RFC 8829).
 * @throws MediaError `badOffer`
 */
export function parseBrowserOffer(sdp: string): BrowserOffer {
  const result = readDescription(sdp);
  if ('problem' in result) throw new MediaError('badOffer', result.problem);
  const { description } = result;
  const audioIndex = description.media.findIndex((media) => media.type === 'audio' && media.port !== 0);
  const audio = description.media[audioIndex];
  if (audio === undefined) throw new MediaError('badOffer', 'the offer has no audio section');
  if (!/^(UDP|TCP)\/TLS\/RTP\/SAVPF?$/.test(audio.protocol)) {
    throw new MediaError('badOffer', `the audio section is ${audio.protocol} and not DTLS-SRTP`);
  }
  const fingerprint = audio.fingerprint ?? description.fingerprint;
  if (fingerprint === undefined) throw new MediaError('badOffer', 'the offer has no DTLS fingerprint');
  const algorithm = fingerprintAlgorithms.find((known) => known === fingerprint.type.toLowerCase());
  if (algorithm === undefined) throw new MediaError('badOffer', `unknown fingerprint algorithm ${fingerprint.type}`);
  const iceUfrag = audio.iceUfrag ?? description.iceUfrag;
  if (iceUfrag === undefined) throw new MediaError('badOffer', 'the offer has no ICE credentials');
  if (audio.rtcpMux === undefined)
    throw new MediaError('badOffer', 'the offer does not allow RTP and RTCP on one port');
  const mid = audio.mid ?? '0';
  const groups = description.groups ?? [];
  const direction = audio.direction ?? description.direction ?? 'sendrecv';
  return {
    audioIndex,
    mid,
    iceUfrag,
    fingerprint: { algorithm, value: fingerprint.hash.toUpperCase() },
    setup: readSetup(audio.setup ?? description.setup),
    ...readSource(audio, direction),
    codecs: readPayloads(audio).codecs,
    direction,
    isBundled: groups.some((group) => group.type === 'BUNDLE' && group.mids.split(' ').includes(mid)),
    media: description.media.map(({ type, protocol, mid: sectionMid }) => ({
      type,
      protocol,
      mid: sectionMid ?? null,
    })),
  };
}

function readSetup(setup: string | undefined): BrowserOffer['setup'] {
  if (setup === 'actpass' || setup === 'active' || setup === 'passive') return setup;
  throw new MediaError('badOffer', 'the offer does not say which side starts DTLS (a=setup)');
}

/** mediasoup makes a producer for an SSRC that it is told; every browser announces it (RFC 5576), unless it only listens. */
function readSource(audio: MediaSection, direction: Direction): { ssrc: number; cname: string } {
  const cname = audio.ssrcs?.find((line) => line.attribute === 'cname');
  const ssrc = cname?.id ?? audio.ssrcs?.[0]?.id;
  if (ssrc === undefined && (direction === 'recvonly' || direction === 'inactive')) return { ssrc: 1, cname: 'none' };
  if (ssrc === undefined) throw new MediaError('badOffer', 'the offer does not announce the SSRC of its audio');
  return { ssrc, cname: cname?.value ?? String(ssrc) };
}
