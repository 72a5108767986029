import { z } from 'zod';
import type { CallServerId } from '../../../shared/domain/index.ts';
import type { Clock, Logger } from '../../observability/index.ts';
import { type ProxyServer, toSipPeer } from '../../proxy-server/index.ts';
import type { SipDialogSnapshot, SipStack } from '../../sip-stack/index.ts';
import type { CallRecordStore, DialogStore, KeptDialog } from '../../storage/index.ts';

export interface EndLeftoversDeps {
  readonly dialogs: Pick<DialogStore, 'list' | 'forget'>;
  readonly sip: Pick<SipStack, 'endLeftover'>;
  readonly proxyServer: Pick<ProxyServer, 'gateway'>;
  readonly records: Pick<CallRecordStore, 'appendLateEvent'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
  readonly callServerId: CallServerId;
}

const snapshotSchema: z.ZodType<SipDialogSnapshot> = z.object({
  callId: z.string(),
  localTag: z.string(),
  remoteTag: z.string(),
  localUri: z.string(),
  remoteUri: z.string(),
  remoteTarget: z.string(),
  routeSet: z.array(z.string()),
  localCSeq: z.number().int().nonnegative(),
});

/**
 * To be called at the start, before the first call: the calls that an earlier process of this call server left at gateways are
 * ended by BYE, each once, and its record says so (`leftoverEnded`). The returned promise resolves when each was answered or given
 * up. What could not be ended is logged: a gateway that is there no longer has no call of ours either.
 * @throws StorageError when storage can't be used
 */
export async function endLeftovers(deps: EndLeftoversDeps): Promise<{ readonly done: Promise<void> }> {
  const left = await deps.dialogs.list(deps.callServerId);
  if (left.length > 0) {
    deps.logger.warn(
      { count: left.length },
      'Calls were left at gateways when the bridge was killed; they are ended now',
    );
  }
  const ending = Promise.allSettled(left.map((dialog) => endOne(deps, dialog)));
  return { done: ending.then(() => undefined) };
}

async function endOne(deps: EndLeftoversDeps, dialog: KeptDialog): Promise<void> {
  const { dialogs, sip, proxyServer, records, clock, logger } = deps;
  const { id, callId, gatewayId } = dialog;
  try {
    const gateway = proxyServer.gateway(gatewayId);
    const snapshot = snapshotSchema.safeParse(dialog.snapshot);
    const isAnswered =
      gateway !== undefined && snapshot.success && (await sip.endLeftover(toSipPeer(gateway), snapshot.data));
    logger[isAnswered ? 'info' : 'warn'](
      { callId, gatewayId, isAnswered },
      isAnswered ? 'A call left at a gateway was ended' : 'A gateway did not confirm the end of a call left there',
    );
    const event = { callId, atMs: clock.now(), type: 'leftoverEnded', state: null, detail: { gatewayId, isAnswered } };
    await records.appendLateEvent(event);
  } catch (error) {
    logger.error({ error, callId, gatewayId }, 'A call left at a gateway could not be dealt with');
  }
  // Also where the gateway said nothing: the BYE was repeated for as long as it may be, and a second start knows no more.
  await dialogs.forget(id);
}
