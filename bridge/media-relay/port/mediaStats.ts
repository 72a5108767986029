import type { CodecName } from '../../../shared/domain/index.ts';

export interface MediaSessionStats {
  readonly codec: CodecName | null;
  readonly browser: {
    readonly packetsIn: number;
    readonly packetsOut: number;
    readonly packetsLost: number;
    readonly jitterMs: number;
    readonly roundTripMs: number | null;
  };
  readonly gateway: GatewayLegStats;
}

export interface GatewayLegStats {
  readonly packetsIn: number;
  readonly packetsOut: number;
  readonly packetsLost: number;
  readonly jitterMs: number;
  readonly roundTripMs: number | null;
  readonly isEncrypted: boolean;
  /** Encrypted packets that weren't authentic or came twice; they went no further. */
  readonly packetsRejected?: number;
  /** What its RTCP receiver reports say of what we send it; null or absent: none yet. Losses since the start. */
  readonly heard?: { readonly packetsLost: number; readonly jitterMs: number } | null;
  /** Mean opinion score of what comes from the gateway (ITU-T G.107, 1 to 4.5); null without audio. */
  readonly mos: number | null;
}
