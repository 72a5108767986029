import type { CodecName } from '../../../shared/domain/index.ts';
import { MediaError } from '../MediaRelay.ts';
import type { CodecPayload, EventPayload } from './codecFormats.ts';
import { readDescription } from './readDescription.ts';
import { readPayloads } from './readPayloads.ts';

/**
 * The codecs and events of ours in the RTP audio of a gateway's offer, in its order of preference.
 * @throws MediaError `badOffer` for what is no SDP
 */
export function payloadsIn(sdp: string): { codecs: CodecPayload[]; events: EventPayload[] } {
  const result = readDescription(sdp);
  if ('problem' in result) throw new MediaError('badOffer', result.problem);
  const payloads = result.description.media
    .filter(({ type, port, protocol }) => type === 'audio' && port !== 0 && /^RTP\/S?AVPF?$/.test(protocol))
    .map(readPayloads);
  return { codecs: payloads.flatMap(({ codecs }) => codecs), events: payloads.flatMap(({ events }) => events) };
}

/**
 * The names of those codecs, each once: the same audio may be offered twice, encrypted and not.
 * @throws MediaError `badOffer` for what is no SDP
 */
export function codecsIn(sdp: string): CodecName[] {
  return [...new Set(payloadsIn(sdp).codecs.map(({ codec }) => codec))];
}
