import type { CodecName } from '../../../shared/domain/index.ts';

/** The same codecs, the wanted one first; what is not speech (telephone-event, comfort noise) keeps its place behind. */
export function orderCodecs(capabilities: readonly RTCRtpCodec[], first: CodecName): RTCRtpCodec[] {
  const isFirst = ({ mimeType }: RTCRtpCodec) => mimeType.toLowerCase() === `audio/${first.toLowerCase()}`;
  return [...capabilities.filter(isFirst), ...capabilities.filter((codec) => !isFirst(codec))];
}
