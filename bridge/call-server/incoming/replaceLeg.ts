import type { Gateway } from '../../../shared/admin/index.ts';
import type { CallId } from '../../../shared/domain/index.ts';
import { drop } from '../../observability/index.ts';
import type { IncomingSipCall } from '../../sip-stack/index.ts';
import type { CallHandler } from '../call-handler/index.ts';
import type { DialogKeeper } from '../leftovers/index.ts';
import { CallerPlace, type CallerPlaceDeps } from './CallerPlace.ts';
import type { IncomingCallOptions } from './IncomingCallDeps.ts';
import { IncomingLeg } from './IncomingLeg.ts';
import { readCallingNumber } from './numbers/readNumbers.ts';

/**
 * Gives a call in progress to the INVITE that shall replace its dialog (RFC 3891), with the browser's audio as it is. Where that can't
 * be answered the call stays where it was.
 */
export async function replaceLeg(
  deps: CallerPlaceDeps & { readonly newId: () => string; readonly dialogs?: Pick<DialogKeeper, 'keepIncoming'> },
  options: Pick<IncomingCallOptions, 'dtmf'>,
  {
    handler,
    call,
    gateway,
  }: { readonly handler: CallHandler; readonly call: IncomingSipCall; readonly gateway: Gateway },
): Promise<void> {
  const { inCall } = handler;
  // A place of its own: the dialog that is replaced gives back the one that it has.
  const place = new CallerPlace(deps, gateway, deps.newId() as CallId);
  if ((await place.enter()) !== 'claimed') return call.reject({ status: 503, q850: 34 });
  if (inCall.isOver || inCall.gatewayLeg.isBeingReplaced) {
    call.reject({ status: 481 });
    return place.leave(async () => null);
  }
  const { media } = inCall;
  const leg = new IncomingLeg(
    { call, media, place, logger: deps.logger, readMos: async () => (await media.stats()).gateway.mos },
    { gateway, dtmf: options.dtmf },
  );
  inCall.report('inviteReceived', { gatewayId: gateway.id, sipCallId: call.sipCallId });
  deps.dialogs?.keepIncoming(call, inCall.callId);
  const succeeded = inCall.succeedBy(leg, readCallingNumber(call, gateway));
  await leg.answer();
  const end = await succeeded;
  if (end === null) inCall.report('transferred', { by: 'gateway', isReplacing: true });
  else {
    inCall.report('transferFailed', { by: 'gateway', isReplacing: true, code: end.errorCode });
    drop(leg.close(), deps.logger, 'leaving a gateway whose call could not replace another');
  }
}
