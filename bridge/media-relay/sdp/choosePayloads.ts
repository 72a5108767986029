import type { CodecName } from '../../../shared/domain/index.ts';
import { type CodecPayload, codecFormats, type EventPayload } from './codecFormats.ts';

/** What Chromium calls Opus; taken where the browser's offer isn't known yet. */
const usualOpusPayloadType = 111;

/**
 * Payload types for an offer to a gateway: the browser's own where its offer is known, so that packets pass with the
 * number that they have.
 */
export function chooseCodecPayloads(
  codecs: readonly CodecName[],
  browserCodecs: readonly CodecPayload[] | null,
): CodecPayload[] {
  return codecs.map((codec) => {
    const usual = codecFormats[codec].staticPayloadType ?? usualOpusPayloadType;
    const browser = browserCodecs?.find((candidate) => candidate.codec === codec);
    return { codec, payloadType: browser?.payloadType ?? usual };
  });
}

/** RFC 4733 events for an offer: always at 8000 Hz, and at Opus's clock beside Opus (RFC 4733 section 2.1). */
export function chooseEventPayloads(codecs: readonly CodecPayload[]): EventPayload[] {
  const taken = new Set(codecs.map(({ payloadType }) => payloadType));
  const events: EventPayload[] = [];
  const take = (clockRate: number, usual: number): void => {
    let payloadType = usual;
    while (taken.has(payloadType)) payloadType = payloadType === 127 ? 96 : payloadType + 1;
    taken.add(payloadType);
    events.push({ payloadType, clockRate });
  };
  take(8000, 101);
  if (codecs.some(({ codec }) => codec === 'opus')) take(48000, 110);
  return events;
}

/** The events to send with a codec: of the same clock where the far end takes them (RFC 7160), else at 8000 Hz. */
export function chooseEvent(events: readonly EventPayload[], codec: CodecName): EventPayload | null {
  const { clockRate } = codecFormats[codec];
  const find = (wanted: number) => events.find((event) => event.clockRate === wanted);
  return find(clockRate) ?? find(8000) ?? null;
}
