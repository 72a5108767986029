import type { LegConfig } from './LegConfig.ts';

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
}

export function payloadMap({ codecs, passedEvents, sending }: LegConfig): PayloadMap {
  const inbound: (InboundFormat | undefined)[] = [];
  const outbound: (number | undefined)[] = [];
  for (const { gatewayPayloadTypes, mediasoupPayloadType, clockRate } of codecs) {
    for (const payloadType of gatewayPayloadTypes) {
      inbound[payloadType] = { mediasoupPayloadType, clockRate, isAudio: true };
    }
  }
  if (sending === null) return { inbound, outbound };
  outbound[sending.mediasoupPayloadType] = sending.gatewayPayloadType;
  for (const { gatewayPayloadType, mediasoupPayloadType } of passedEvents) {
    inbound[gatewayPayloadType] = { mediasoupPayloadType, clockRate: sending.clockRate, isAudio: false };
    outbound[mediasoupPayloadType] = gatewayPayloadType;
  }
  return { inbound, outbound };
}
