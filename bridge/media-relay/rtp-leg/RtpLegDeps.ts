import type { Socket } from 'node:dgram';
import type { LegSettings } from './LegConfig.ts';
import type { GatewaySockets } from './ports/GatewayEnd.ts';
import type { FramePacer } from './sending/FramePacer.ts';

export interface RtpLegSockets extends GatewaySockets {
  /** Bound on loopback, towards mediasoup; RTP and RTCP in one (RFC 5761). */
  readonly mediasoup: Socket;
}

export type LegDirection = 'toGateway' | 'fromGateway';

export interface RtpLegDeps {
  readonly sockets: RtpLegSockets;
  /** Monotonic time in milliseconds with fractions. */
  readonly nowMs: () => number;
  readonly schedule: (task: () => void, delayMs: number) => () => void;
  /** A random integer below `limit`. */
  readonly randomInt: (limit: number) => number;
  /** The first packet of a direction was sent on. */
  readonly onFirstAudio: (direction: LegDirection) => void;
  /** Nothing comes from there, though it should; and it comes again. */
  readonly onAudioStopped: (direction: LegDirection) => void;
  readonly onAudioResumed: (direction: LegDirection) => void;
  /** A packet of DTLS, which is somebody else's to read. */
  readonly onDtls: (packet: Buffer) => void;
  readonly settings: LegSettings;
  /** Shared by the legs of a thread. */
  readonly pacer: Pick<FramePacer, 'add'>;
  /** SSRC of the stream towards mediasoup, for which a producer is made. */
  readonly mediasoupSsrc: number;
  readonly cname: string;
}
