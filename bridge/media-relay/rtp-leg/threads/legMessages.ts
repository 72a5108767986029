import type { LegConfig, LegStatistics } from '../LegConfig.ts';
import type { LegDirection } from '../RtpLegDeps.ts';
import type { DtmfTones } from '../sending/DtmfSender.ts';

/** Where a leg's sockets are bound. */
export interface LegBinding {
  /** Local address towards the gateway. */
  readonly address: string;
  /** Even; RTCP is on the next one. */
  readonly rtpPort: number;
  /** Port on loopback towards mediasoup; 0 lets the system choose. */
  readonly loopbackPort: number;
  /** First and last port that the system's choice may not be: they are for other legs' gateways. */
  readonly portRange: readonly [number, number];
  readonly mediasoupSsrc: number;
  readonly cname: string;
}

/** What the pool tells a thread. */
export type LegCommand =
  | { readonly type: 'bind'; readonly legId: number; readonly binding: LegBinding }
  | { readonly type: 'configure'; readonly legId: number; readonly config: LegConfig }
  | {
      readonly type: 'move';
      readonly legId: number;
      readonly requestId: number;
      readonly address: string;
      readonly rtpPort: number;
    }
  | { readonly type: 'dtls'; readonly legId: number; readonly packet: Uint8Array }
  | { readonly type: 'dtmf'; readonly legId: number; readonly requestId: number; readonly tones: DtmfTones }
  | { readonly type: 'statistics'; readonly legId: number; readonly requestId: number }
  | { readonly type: 'close'; readonly legId: number; readonly requestId: number }
  | { readonly type: 'count'; readonly requestId: number };

/** What a thread tells the pool. */
export type LegReport =
  | { readonly type: 'bound'; readonly legId: number; readonly loopbackPort: number }
  | { readonly type: 'bindFailed'; readonly legId: number; readonly code: string; readonly message: string }
  | {
      readonly type: 'firstAudio' | 'audioStopped' | 'audioResumed';
      readonly legId: number;
      readonly direction: LegDirection;
    }
  | { readonly type: 'dtls'; readonly legId: number; readonly packet: Uint8Array }
  | { readonly type: 'moved'; readonly requestId: number; readonly problem: string | null }
  | { readonly type: 'dtmfDone'; readonly requestId: number; readonly isSent: boolean }
  | { readonly type: 'statistics'; readonly requestId: number; readonly statistics: LegStatistics | null }
  | { readonly type: 'closed'; readonly requestId: number }
  | { readonly type: 'counted'; readonly requestId: number; readonly legs: number }
  | { readonly type: 'fault'; readonly legId: number | null; readonly message: string };
