import type { GatewayLegEnd } from './GatewayLegDeps.ts';

/** The side of a call towards the gateway, whichever of the two called. */
export interface GatewaySide {
  /** CANCEL, BYE or a final answer, whichever fits. `finished` follows. Idempotent. */
  hangUp(): void;
  /** As RFC 4733 events or by SIP INFO. */
  sendDtmf(digits: string): Promise<void>;
  /** Says how the audio was, so before that is closed, and gives back its place at the gateway. Idempotent. */
  close(): Promise<void>;
  on(event: 'reoffered', listener: () => void): unknown;
  on(event: 'finished', listener: (end: GatewayLegEnd) => void): unknown;
}
