import type { Description, MediaSection } from './readDescription.ts';

/** What a description says of ICE (RFC 8839) and DTLS-SRTP (RFC 5763). */
export interface WebRtcTerms {
  /** null: it has none, or waits for our checks as we do for its (lite); then its address is where `c=` says. */
  readonly ice: { readonly usernameFragment: string; readonly password: string } | null;
  readonly fingerprint: { readonly algorithm: string; readonly value: string };
  readonly setup: 'actpass' | 'active' | 'passive';
  readonly mid: string | null;
}

/** null: the section has no fingerprint. */
export function readWebRtcTerms(description: Description, audio: MediaSection): WebRtcTerms | null {
  const fingerprint = audio.fingerprint ?? description.fingerprint;
  if (fingerprint === undefined) return null;
  const usernameFragment = audio.iceUfrag ?? description.iceUfrag;
  const password = audio.icePwd ?? description.icePwd;
  const hasIce = usernameFragment !== undefined && password !== undefined && description.icelite === undefined;
  const setup = audio.setup ?? description.setup;
  return {
    ice: hasIce ? { usernameFragment, password } : null,
    fingerprint: { algorithm: fingerprint.type.toLowerCase(), value: fingerprint.hash.toUpperCase() },
    // RFC 5763 section 5: who says nothing starts.
    setup: setup === 'actpass' || setup === 'passive' ? setup : 'active',
    mid: audio.mid ?? null,
  };
}

/** The same of ours, where we are the lite side of ICE. */
export interface WebRtcTermsToWrite extends Omit<WebRtcTerms, 'ice'> {
  readonly ice: { readonly usernameFragment: string; readonly password: string };
}

export function writeWebRtcSession({ mid }: WebRtcTermsToWrite): string[] {
  return ['a=ice-lite', ...(mid === null ? [] : [`a=group:BUNDLE ${mid}`])];
}

/** Lines of the audio section; one candidate, which is where RTP goes anyway. */
export function writeWebRtcAudio(
  { ice, fingerprint, setup, mid }: WebRtcTermsToWrite,
  place: { readonly address: string; readonly rtpPort: number },
): string[] {
  return [
    ...(mid === null ? [] : [`a=mid:${mid}`]),
    'a=rtcp-mux',
    `a=setup:${setup}`,
    `a=fingerprint:${fingerprint.algorithm} ${fingerprint.value}`,
    `a=ice-ufrag:${ice.usernameFragment}`,
    `a=ice-pwd:${ice.password}`,
    `a=candidate:1 1 udp 2130706431 ${place.address} ${place.rtpPort} typ host`,
    'a=end-of-candidates',
  ];
}
