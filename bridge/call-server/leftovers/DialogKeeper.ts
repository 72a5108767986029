import type { CallId, CallServerId, GatewayId } from '../../../shared/domain/index.ts';
import { drop, type Logger } from '../../observability/index.ts';
import type { IncomingSipCall, SipDialogSnapshot, SipStack } from '../../sip-stack/index.ts';
import type { DialogStore } from '../../storage/index.ts';

export interface DialogKeeperDeps {
  readonly dialogs: Pick<DialogStore, 'keep' | 'forget'>;
  readonly logger: Logger;
  readonly callServerId: CallServerId;
}

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
        let kept: string | null = null;
        call.once('answered', () => {
          kept = this.#keep(call.snapshot(), {
            callId: request.callId as CallId,
            gatewayId: request.peer.id as GatewayId,
          });
        });
        call.once('ended', () => this.#forget(kept));
        return call;
      },
    };
  }

  /** A gateway calls us: it is kept from the ACK of our answer on. */
  keepIncoming(call: IncomingSipCall, callId: CallId): void {
    let kept: string | null = null;
    call.once('confirmed', () => {
      kept = this.#keep(call.snapshot(), { callId, gatewayId: call.peerId as GatewayId });
    });
    call.once('ended', () => this.#forget(kept));
  }

  /** Returns its id; null where there is nothing to keep. */
  #keep(snapshot: SipDialogSnapshot | null, ids: { callId: CallId; gatewayId: GatewayId }): string | null {
    if (snapshot === null) return null;
    const { dialogs, logger, callServerId } = this.#deps;
    const id = `${snapshot.callId};${snapshot.localTag}`;
    drop(dialogs.keep({ id, callServerId, ...ids, snapshot }), logger, 'keeping what it takes to end a call');
    return id;
  }

  #forget(id: string | null): void {
    if (id === null) return;
    drop(this.#deps.dialogs.forget(id), this.#deps.logger, 'forgetting what it takes to end a call');
  }
}
