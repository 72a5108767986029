import { isIPv6 } from 'node:net';
import type { AudioAgreement, AudioCodec, MediaAddress } from './AudioAgreement.ts';
import type { ReadAudio } from './readAudio.ts';

/** Our side of a session; `version` counts up whenever what we say changes (RFC 3264 section 8). */
export interface LocalSession {
  readonly id: number;
  readonly version: number;
  /** Where we receive RTP; RTCP on the next port unless muxed. */
  readonly local: MediaAddress;
}

/** The answer to an offer that was read: every stream but the agreed one is refused (RFC 3264 section 6). */
export function writeAnswer(offer: ReadAudio, local: LocalSession): string {
  const media = offer.session.media.flatMap((stream, index) =>
    index === offer.index
      ? audioLines(offer.agreement, { local, protocol: stream.protocol })
      : [`m=${stream.type} 0 ${stream.protocol} ${stream.payloads ?? 0}`],
  );
  return join([...sessionLines(local), ...media]);
}

/** An offer of our own, for an INVITE that came without one (RFC 3261 section 13.2.1). */
export function writeOffer(local: LocalSession): string {
  return join([
    ...sessionLines(local),
    `m=audio ${local.local.port} RTP/AVP 0 8 101`,
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:8 PCMA/8000',
    'a=rtpmap:101 telephone-event/8000',
    'a=fmtp:101 0-15',
    'a=ptime:20',
    'a=sendrecv',
  ]);
}

function sessionLines({ id, version, local }: LocalSession): string[] {
  const network = `IN ${isIPv6(local.address) ? 'IP6' : 'IP4'} ${local.address}`;
  return ['v=0', `o=demo ${id} ${version} ${network}`, 's=Dialbridge demo gateway', `c=${network}`, 't=0 0'];
}

function audioLines(
  agreement: AudioAgreement,
  { local, protocol }: { local: LocalSession; protocol: string },
): string[] {
  const { codec, events } = agreement;
  const types = [codec, ...(events === null ? [] : [events])];
  return [
    `m=audio ${local.local.port} ${protocol} ${types.map(({ payloadType }) => payloadType).join(' ')}`,
    rtpmap(codec),
    ...(codec.formatParameters === undefined ? [] : [`a=fmtp:${codec.payloadType} ${codec.formatParameters}`]),
    ...(events === null ? [] : [rtpmap(events), `a=fmtp:${events.payloadType} 0-15`]),
    'a=ptime:20',
    ...(agreement.isRtcpMuxed ? ['a=rtcp-mux'] : []),
    `a=${agreement.direction}`,
  ];
}

function rtpmap({ payloadType, name, clockRateHz, channels }: AudioCodec): string {
  return `a=rtpmap:${payloadType} ${name}/${clockRateHz}${channels === undefined ? '' : `/${channels}`}`;
}

function join(lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n`;
}
