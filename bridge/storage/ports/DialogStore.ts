import type { CallId, CallServerId, GatewayId } from '../../../shared/domain/index.ts';

/** An answered call at a gateway, and what it takes to end it when the process that has it is gone. */
export interface KeptDialog {
  /** Unique among all call servers. */
  readonly id: string;
  readonly callServerId: CallServerId;
  /** A call may have several dialogs: one at each gateway that it is at. */
  readonly callId: CallId;
  readonly gatewayId: GatewayId;
  /** As whoever keeps it writes it (JSON). */
  readonly snapshot: unknown;
}

/** The answered calls at gateways, kept through the end of a process. Writes resolve when they would survive `kill -9`. */
export interface DialogStore {
  /** Takes the place of one with the same id. */
  keep(dialog: KeptDialog): Promise<void>;
  /** One that isn't there is no error. */
  forget(id: string): Promise<void>;
  /** Those of a call server, in the order in which they were first kept. */
  list(callServerId: CallServerId): Promise<readonly KeptDialog[]>;
}
