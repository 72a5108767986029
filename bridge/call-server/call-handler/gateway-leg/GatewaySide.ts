import type { Gateway } from '../../../../shared/admin/index.ts';
import type { CodecName } from '../../../../shared/domain/index.ts';
import type { GatewayAnswer, GatewayAudio } from '../../../media-relay/index.ts';
import type { IncomingReferral, SipDialog } from '../../../sip-stack/index.ts';
import type { GatewayLegEnd } from './GatewayLegDeps.ts';

export type Reoffer = Parameters<GatewayAudio['reofferGateway']>[0];

/** The side of a call towards the gateway, whichever of the two called. */
export interface GatewaySide {
  /** Which has the call; null before the answer. */
  readonly gateway: Gateway | null;
  /** null before the answer, and after the end. */
  readonly dialog: SipDialog | null;
  /** CANCEL, BYE or a final answer, whichever fits. `finished` follows. Idempotent. */
  hangUp(): void;
  /** As RFC 4733 events or by SIP INFO, whichever reaches the gateway; `isHeldByOther`: it has the call on hold. */
  sendDtmf(digits: string, isHeldByOther: boolean): Promise<void>;
  /**
   * An offer of ours inside the call; resolves when the gateway's answer to it is applied.
   * @throws SipRequestError where the gateway refuses it (408 and 481 are followed by `finished`), MediaError, DialbridgeError `notEstablished`
   */
  reoffer(offer: Reoffer): Promise<GatewayAnswer>;
  /**
   * Agrees on the audio anew, after another gateway had the call's for some time. As long as it isn't answered there is none.
   * @throws as `reoffer`
   */
  restoreAudio(): Promise<void>;
  /** Says how the audio was, so before that is closed, and gives back its place at the gateway. Idempotent. */
  close(): Promise<void>;
  on(event: 'reoffered', listener: () => void): unknown;
  on(event: 'codecAgreed', listener: (codec: CodecName) => void): unknown;
  /** Whoever listens answers it. */
  on(event: 'referred', listener: (referral: IncomingReferral) => void): unknown;
  /** By SIP INFO. */
  on(event: 'digitsPressed', listener: (digits: string) => void): unknown;
  on(event: 'finished', listener: (end: GatewayLegEnd) => void): unknown;
}
