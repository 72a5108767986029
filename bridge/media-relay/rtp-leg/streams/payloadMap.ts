import type { LegConfig } from '../LegConfig.ts';
import { rtpHeaderLength } from './rtpPacket.ts';

export interface InboundFormat {
  readonly mediasoupPayloadType: number;
  /** Of the stream: events run on the audio's clock. */
  readonly clockRate: number;
  readonly isAudio: boolean;
}

/** What a packet's payload type becomes on the other side; what isn't there doesn't pass. */
export interface PayloadMap {
  /** By the gateway's payload type. */
  readonly inbound: readonly (InboundFormat | undefined)[];
  /** The gateway's payload type by ours. */
  readonly outbound: readonly (number | undefined)[];
  /** By our payload type, where an event's duration counts in another clock at the gateway. */
  readonly durationFactors: readonly (number | undefined)[];
}

export function payloadMap({ codecs, passedEvents, sending }: LegConfig): PayloadMap {
  const inbound: (InboundFormat | undefined)[] = [];
  const outbound: (number | undefined)[] = [];
  for (const { gatewayPayloadTypes, mediasoupPayloadType, clockRate } of codecs) {
    for (const payloadType of gatewayPayloadTypes) {
      inbound[payloadType] = { mediasoupPayloadType, clockRate, isAudio: true };
    }
  }
  const durationFactors: (number | undefined)[] = [];
  if (sending === null) return { inbound, outbound, durationFactors };
  outbound[sending.mediasoupPayloadType] = sending.gatewayPayloadType;
  for (const { gatewayPayloadType, mediasoupPayloadType, durationFactor } of passedEvents) {
    outbound[mediasoupPayloadType] = gatewayPayloadType;
    durationFactors[mediasoupPayloadType] = durationFactor;
    if (durationFactor !== undefined) continue;
    inbound[gatewayPayloadType] = { mediasoupPayloadType, clockRate: sending.clockRate, isAudio: false };
  }
  return { inbound, outbound, durationFactors };
}

/** Has an event's packet count in another clock (RFC 4733 section 2.3.5). What is longer than the field can say is that long. */
export function scaleDuration(packet: Buffer, factor: number): void {
  const offset = rtpHeaderLength + ((packet[0] ?? 0) & 0x0f) * 4 + 2;
  if (packet.length < offset + 2) return;
  packet.writeUInt16BE(Math.min(0xffff, Math.round(packet.readUInt16BE(offset) * factor)), offset);
}
