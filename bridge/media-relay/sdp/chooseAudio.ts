import { MediaError } from '../port/index.ts';
import { type CryptoLine, readCryptoLines } from './cryptoLines.ts';
import type { Description } from './readDescription.ts';
import { readWebRtcTerms, type WebRtcTerms } from './webRtcTerms.ts';

/** Whether audio is encrypted by keys in the SDP: never, where the other side does, or always; or by keys of DTLS, always. */
export type SrtpPolicy = 'off' | 'offered' | 'required' | 'dtls';

export interface ChosenAudio {
  readonly index: number;
  /** Keys that may be used; none: it is plain RTP. */
  readonly crypto: readonly CryptoLine[];
  /** How its keys are agreed on by DTLS; null: they aren't. */
  readonly webRtc: WebRtcTerms | null;
}

/**
 * The audio section to use, of those that an offer or answer has: the same audio may be offered twice, encrypted and not.
 * @throws MediaError of the given code where there is none, `notEncrypted` where it and we don't agree on that
 */
export function chooseAudio(description: Description, code: 'badOffer' | 'badAnswer', policy: SrtpPolicy): ChosenAudio {
  const sections = description.media
    .map((media, index) => ({ media, index }))
    .filter(({ media }) => media.type === 'audio' && media.port !== 0);
  if (policy === 'dtls' && sections.length > 0) return chooseWebRtc(description, sections);
  const choices = sections
    .filter(({ media }) => /^RTP\/S?AVPF?$/.test(media.protocol))
    .map(({ media, index }) => {
      const isSecure = media.protocol.startsWith('RTP/S');
      return { index, isSecure, crypto: policy === 'off' ? [] : readCryptoLines(media) };
    });
  const chosen =
    choices.find(({ isSecure, crypto }) => isSecure && crypto.length > 0) ??
    choices.find(({ isSecure, crypto }) => !isSecure && (policy !== 'required' || crypto.length > 0));
  if (chosen !== undefined) return { ...chosen, webRtc: null };
  if (sections.length === 0) throw new MediaError(code, 'the gateway takes no RTP audio');
  if (choices.length === 0) {
    const [first] = sections;
    throw new MediaError(
      'notEncrypted',
      `the gateway wants audio by ${first?.media.protocol}; plain RTP, or SRTP with keys in the SDP (RFC 4568), is possible`,
    );
  }
  throw new MediaError('notEncrypted', whyNot(policy, choices));
}

function chooseWebRtc(
  description: Description,
  sections: readonly { readonly media: Description['media'][number]; readonly index: number }[],
): ChosenAudio {
  for (const { media, index } of sections) {
    const webRtc = /^UDP\/TLS\/RTP\/SAVPF?$/.test(media.protocol) ? readWebRtcTerms(description, media) : null;
    if (webRtc !== null) return { index, crypto: [], webRtc };
  }
  throw new MediaError('notEncrypted', 'the gateway gave no fingerprint for DTLS-SRTP (RFC 5763)');
}

function whyNot(policy: SrtpPolicy, choices: readonly { isSecure: boolean }[]): string {
  if (policy === 'off') return 'the gateway wants encrypted audio (RTP/SAVP), and SRTP is switched off for it';
  return choices.some(({ isSecure }) => isSecure)
    ? 'the gateway wants encrypted audio, and gave no key of a kind that we know'
    : 'the gateway wants plain audio, and SRTP is required of it';
}
