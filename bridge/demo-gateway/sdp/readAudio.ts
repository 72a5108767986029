import { isIP } from 'node:net';
import { type MediaDescription, parse, type SessionDescription } from 'sdp-transform';
import type { AudioAgreement, AudioCodec, CodecChoice, Direction, MediaAddress } from './AudioAgreement.ts';

type Media = SessionDescription['media'][number];

/** Names of payload types that stand without rtpmap (RFC 3551 table 4). */
const STATIC_CODECS: ReadonlyMap<number, string> = new Map([
  [0, 'PCMU'],
  [8, 'PCMA'],
  [9, 'G722'],
]);
/** Payloads that ride along with an audio codec and can't be a call's codec. */
const NO_AUDIO = /^(telephone-event|CN|red|ulpfec|rtx)$/i;

export interface ReadAudio {
  readonly session: SessionDescription;
  /** The stream that was taken, and its place among the m-lines. */
  readonly index: number;
  readonly agreement: AudioAgreement;
}

/**
 * What can be agreed with the other side's SDP, offer or answer: its first usable audio stream (plain RTP, RFC 3264) and,
 * in that, the first codec that we can talk. Null when there is none.
 */
export function readAudio(sdp: string, choice: CodecChoice): ReadAudio | null {
  const session = parseSession(sdp);
  if (session === null) return null;
  for (const [index, media] of session.media.entries()) {
    const agreement = agreeOn(session, media, choice);
    if (agreement !== null) return { session, index, agreement };
  }
  return null;
}

function parseSession(sdp: string): SessionDescription | null {
  try {
    const session = parse(sdp);
    return sdp.trimStart().startsWith('v=0') && Array.isArray(session.media) ? session : null;
  } catch {
    return null;
  }
}

function agreeOn(session: SessionDescription, media: Media, choice: CodecChoice): AudioAgreement | null {
  if (media.type !== 'audio' || media.port === 0 || !/^RTP\/AVPF?$/.test(media.protocol)) return null;
  const address = (media.connection ?? session.connection)?.ip;
  const remoteRtp = mediaAddress(address, media.port);
  if (remoteRtp === null) return null;
  const codecs = readCodecs(media);
  const codec = codecs.find(({ name, clockRateHz }) =>
    choice === 'any' ? !NO_AUDIO.test(name) : /^PCM[UA]$/i.test(name) && clockRateHz === 8000,
  );
  if (codec === undefined) return null;
  const events = codecs.filter(({ name }) => /^telephone-event$/i.test(name));
  return {
    codec,
    // The event's clock should be that of the audio (RFC 4733 section 2.1), which not everybody offers.
    events: events.find(({ clockRateHz }) => clockRateHz === codec.clockRateHz) ?? events[0] ?? null,
    direction: directionOf(session, media, remoteRtp),
    remoteRtp,
    remoteRtcp: mediaAddress(media.rtcp?.address ?? address, media.rtcp?.port ?? media.port + 1) ?? remoteRtp,
    isRtcpMuxed: media.rtcpMux !== undefined,
  };
}

function readCodecs(media: Media): AudioCodec[] {
  const codecs: AudioCodec[] = [];
  for (const text of String(media.payloads ?? '').split(/\s+/)) {
    const payloadType = Number(text);
    if (!/^\d{1,3}$/.test(text) || payloadType > 127) continue;
    const mapped = media.rtp.find((rtp) => Number(rtp.payload) === payloadType);
    const name = mapped?.codec ?? STATIC_CODECS.get(payloadType);
    if (name === undefined || !/^[\w.-]{1,40}$/.test(name)) continue;
    const clockRateHz = Number(mapped?.rate ?? 8000);
    const channels = Number(mapped?.encoding ?? 1);
    const formatParameters = media.fmtp.find((fmtp) => Number(fmtp.payload) === payloadType)?.config;
    if (!(clockRateHz > 0)) continue;
    codecs.push({
      name,
      payloadType,
      clockRateHz,
      ...(channels > 1 ? { channels } : {}),
      ...(formatParameters === undefined ? {} : { formatParameters }),
    });
  }
  return codecs;
}

/** Ours is the mirror of theirs (RFC 3264 section 6.1). */
function directionOf(session: SessionDescription, media: MediaDescription, remote: MediaAddress): Direction {
  const theirs = media.direction ?? session.direction ?? 'sendrecv';
  // The hold of RFC 2543: nowhere to send to.
  const isNowhere = remote.address === '0.0.0.0' || remote.address === '::';
  if (theirs === 'inactive' || (isNowhere && theirs === 'recvonly')) return 'inactive';
  if (theirs === 'sendonly' || isNowhere) return 'recvonly';
  return theirs === 'recvonly' ? 'sendonly' : 'sendrecv';
}

function mediaAddress(address: string | undefined, port: number): MediaAddress | null {
  if (address === undefined || isIP(address) === 0) return null;
  return Number.isInteger(port) && port > 0 && port <= 0xffff ? { address, port } : null;
}
