import type { EventEmitter } from 'node:events';
import type { CodecName } from '../../../shared/domain/index.ts';
import type { GatewayAudio } from './GatewayAudio.ts';
import type { GatewayLegStats } from './mediaStats.ts';

export interface TrunkSessionRequest {
  readonly callId: string;
  /**
   * Offer of the gateway that calls, where it made one. With it `outgoing` is offered what both may speak, and `incoming` is answered
   * (`acceptGatewayOffer`) once the called gateway has chosen. Without it `incoming` is answered first, or offered what was chosen.
   */
  readonly incomingOffer?: string | null;
}

export interface TrunkSessionEvents {
  /** The first packet of a gateway was passed to the other one. */
  firstAudio: [{ from: 'incoming' | 'outgoing' }];
}

export interface TrunkSession extends EventEmitter<TrunkSessionEvents> {
  /** The gateway that calls. */
  readonly incoming: GatewayAudio;
  /** The gateway that is called. */
  readonly outgoing: GatewayAudio;
  stats(): Promise<{
    readonly incoming: GatewayLegStats;
    readonly outgoing: GatewayLegStats;
    readonly codec: CodecName | null;
  }>;
  /** Idempotent. */
  close(): Promise<void>;
}
