import type { CallId, CallServerId, GatewayId } from '../../../shared/domain/index.ts';
import { drop, type Logger } from '../../observability/index.ts';
import type { IncomingSipCall, SipDialog, SipDialogSnapshot, SipStack } from '../../sip-stack/index.ts';
import type { DialogStore, KeptDialog } from '../../storage/index.ts';

export interface DialogKeeperDeps {
  readonly dialogs: Pick<DialogStore, 'keep' | 'forget'>;
  readonly logger: Logger;
  readonly callServerId: CallServerId;
}

/** What calls of both directions tell of their dialogs. */
interface KeepableDialog extends Pick<SipDialog, 'snapshot'> {
  on(event: 'retargeted', listener: () => void): unknown;
  once(event: 'ended', listener: () => void): unknown;
}

type DialogIds = Pick<KeptDialog, 'callId' | 'gatewayId'>;

/**
 * Writes down every answered call at a gateway until it has ended there, so that the next start can end those that a killed process
 * leaves. A call never waits for it and never fails by it.
 */
export class DialogKeeper {
  readonly #deps: DialogKeeperDeps;

  constructor(deps: DialogKeeperDeps) {
    this.#deps = deps;
  }

  /** `invite` of the same stack, whose calls are kept. */
  keeping(sip: Pick<SipStack, 'invite'>): Pick<SipStack, 'invite'> {
    return {
      invite: (request) => {
        const call = sip.invite(request);
        const ids = { callId: request.callId as CallId, gatewayId: request.peer.id as GatewayId };
        call.once('answered', () => this.#keepUntilEnd(call, ids));
        return call;
      },
    };
  }

  /**
   * A gateway calls us: it is kept from the ACK of our answer on. `callId` is the call that it belongs to: where it replaces a dialog
   * (RFC 3891) the call that has that one, which is kept until it has ended itself.
   */
  keepIncoming(call: IncomingSipCall, callId: CallId): void {
    call.once('confirmed', () => this.#keepUntilEnd(call, { callId, gatewayId: call.peerId as GatewayId }));
  }

  #keepUntilEnd(dialog: KeepableDialog, ids: DialogIds): void {
    const kept = this.#keep(dialog.snapshot(), ids);
    if (kept === null) return;
    // Under the same id: a BYE to where the gateway was before would not find it.
    dialog.on('retargeted', () => this.#keep(dialog.snapshot(), ids));
    dialog.once('ended', () => this.#forget(kept));
  }

  /** Returns its id; null where there is nothing to keep. */
  #keep(snapshot: SipDialogSnapshot | null, ids: DialogIds): string | null {
    if (snapshot === null) return null;
    const { dialogs, logger, callServerId } = this.#deps;
    const id = `${snapshot.callId};${snapshot.localTag}`;
    drop(dialogs.keep({ id, callServerId, ...ids, snapshot }), logger, 'keeping what it takes to end a call');
    return id;
  }

  #forget(id: string): void {
    drop(this.#deps.dialogs.forget(id), this.#deps.logger, 'forgetting what it takes to end a call');
  }
}
