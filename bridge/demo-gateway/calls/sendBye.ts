import type { Clock, Logger } from '../../observability/index.ts';
import { createDialogRequest, type DialogState } from '../../sip-stack/message/index.ts';
import type { SipSource, SipTransportLayer } from '../../sip-stack/transport/index.ts';
import { nextHop } from './nextHop.ts';
import { reasonHeader } from './responses.ts';

export interface SendByeDeps {
  readonly layer: SipTransportLayer;
  readonly clock: Clock;
  readonly logger: Logger;
}

const ANSWER_WITHIN_MS = 500;

/** Ends a dialog. Resolves when the BYE was answered, or after half a second while it is still being repeated. Never rejects. */
export async function sendBye(deps: SendByeDeps, to: { dialog: DialogState; source: SipSource }): Promise<void> {
  const { layer, clock, logger } = deps;
  const { dialog, source } = to;
  try {
    const route = await layer.resolve(nextHop(dialog, source));
    const headers = [reasonHeader({ q850: 16, text: 'Normal call clearing' })];
    const bye = layer.send(createDialogRequest(dialog, { method: 'BYE', headers }), route);
    await new Promise<void>((resolve) => {
      const timer = clock.setTimeout(resolve, ANSWER_WITHIN_MS);
      bye.once('terminated', resolve);
      bye.once('response', () => resolve());
      bye.once('terminated', () => clock.clearTimeout(timer));
    });
  } catch (error) {
    logger.warn({ error, sipCallId: dialog.callId }, 'The demo gateway could not send a BYE');
  }
}
