import type { CodecName } from '../../../shared/domain/index.ts';
import { type GatewayMedia, MediaError } from '../port/index.ts';
import type { CodecPayload, EventPayload } from './codecFormats.ts';
import { parseGatewayDescription } from './parseGatewayDescription.ts';
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
    .filter(
      ({ type, port, protocol }) => type === 'audio' && port !== 0 && /^(UDP\/TLS\/)?RTP\/S?AVPF?$/.test(protocol),
    )
    .map(readPayloads);
  return { codecs: payloads.flatMap(({ codecs }) => codecs), events: payloads.flatMap(({ events }) => events) };
}

/**
 * The codecs by which a gateway's first offer can be answered, in its order: those that it may use, of the audio that will be chosen.
 * @throws MediaError `badOffer`, `notEncrypted`, `noCommonCodec`
 */
export function codecsIn(sdp: string, { codecs, srtp }: Pick<GatewayMedia, 'codecs' | 'srtp'>): CodecName[] {
  const offered = parseGatewayDescription(sdp, 'badOffer', srtp).codecs.map(({ codec }) => codec);
  const usable = [...new Set(offered)].filter((codec) => codecs.includes(codec));
  if (usable.length === 0) throw new MediaError('noCommonCodec', 'the gateway offers no codec that it may use');
  return usable;
}
