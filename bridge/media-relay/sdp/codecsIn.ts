import type { CodecName } from '../../../shared/domain/index.ts';
import { MediaError } from '../MediaRelay.ts';
import { readDescription } from './readDescription.ts';
import { readPayloads } from './readPayloads.ts';

/**
 * The codecs of ours in the RTP audio of a gateway's offer, in its order of preference.
 * @throws MediaError `badOffer` for what is no SDP
 */
export function codecsIn(sdp: string): CodecName[] {
  const result = readDescription(sdp);
  if ('problem' in result) throw new MediaError('badOffer', result.problem);
  const sections = result.description.media.filter(
    ({ type, port, protocol }) => type === 'audio' && port !== 0 && /^RTP\/S?AVPF?$/.test(protocol),
  );
  // The same audio may be offered twice, encrypted and not.
  return [...new Set(sections.flatMap((section) => readPayloads(section).codecs.map(({ codec }) => codec)))];
}
