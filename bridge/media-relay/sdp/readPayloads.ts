import { type CodecPayload, type EventPayload, findCodec, findStaticCodec } from './codecFormats.ts';
import { type MediaSection, payloadTypesOf } from './readDescription.ts';

/** The codecs and events that an audio section lists and we know, in its order of preference. */
export function readPayloads(media: MediaSection): { codecs: CodecPayload[]; events: EventPayload[] } {
  const codecs: CodecPayload[] = [];
  const events: EventPayload[] = [];
  for (const payloadType of payloadTypesOf(media)) {
    const rtpmap = media.rtp.find((candidate) => candidate.payload === payloadType);
    if (rtpmap === undefined) {
      const codec = findStaticCodec(payloadType);
      if (codec !== null) codecs.push({ codec, payloadType });
      continue;
    }
    const clockRate = rtpmap.rate ?? 8000;
    if (rtpmap.codec.toLowerCase() === 'telephone-event') {
      events.push({ payloadType, clockRate });
      continue;
    }
    const codec = findCodec({ encodingName: rtpmap.codec, clockRate, channels: Number(rtpmap.encoding ?? 1) });
    const isNew = codecs.every((known) => known.codec !== codec);
    if (codec !== null && isNew) codecs.push({ codec, payloadType });
  }
  return { codecs, events };
}
