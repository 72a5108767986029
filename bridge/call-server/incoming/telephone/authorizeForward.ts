import type { CallId } from '../../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../../shared/errors/index.ts';
import type { GatewaySelection } from '../../../proxy-server/index.ts';
import type { Authorization, CallAdmission, CallRequest } from '../../call-director/index.ts';
import type { CallingParty } from '../../gateway-dialect/index.ts';
import { codecsFor } from '../codecsFor.ts';
import type { IncomingCallRequest } from '../IncomingCallDeps.ts';
import type { PlanStep } from '../plan/PlanRunner.ts';
import type { ForwardDeps, ForwardOptions } from './ForwardDeps.ts';

/** A telephone that may be called. Its admission is the taker's to end. */
export interface AuthorizedForward {
  readonly authorization: Authorization;
  readonly admission: CallAdmission;
  readonly selection: GatewaySelection;
  readonly calling: Omit<CallingParty, 'isEmergency'>;
}

/**
 * Whether the call may go on to a telephone, decided as if the user whom the number names had dialled it: their rules, limits and
 * caller IDs. The caller's own number is shown where those allow it.
 * @throws DialbridgeError that says why not
 */
export async function authorizeForward(
  { authorizer, limits, proxyServer, relay, callees, clock }: ForwardDeps,
  options: ForwardOptions,
  request: IncomingCallRequest,
  { step: { destination, number }, usageId }: { readonly step: PlanStep<'telephone'>; readonly usageId: CallId },
): Promise<AuthorizedForward> {
  const user = await callees.account(destination.userName);
  if (!user) throw new DialbridgeError('accountDisabled');
  const asked: CallRequest = {
    client: {
      user: { id: user.id, userName: user.userName, displayName: user.displayName, role: user.role },
      entry: { kind: 'account' },
      address: request.call.source.address,
      origin: null,
      brand: { id: number.brandId },
    },
    destination: destination.number,
  };
  const { callingNumber } = request;
  const asCaller =
    callingNumber && (await unlessRefused(() => authorizer.authorize({ ...asked, callerNumber: callingNumber })));
  const authorization = asCaller || (await authorizer.authorize(asked));
  // Who needs help calls for it themselves: a number that leads there is a mistake, and a danger.
  if (authorization.isEmergency)
    throw new DialbridgeError('destinationNotAllowed', { details: { number: destination.number } });
  const admission = await limits.admit(usageId, authorization);
  try {
    const selection = await proxyServer.select({
      calledNumber: authorization.calledNumber,
      type: authorization.called.type,
      gatewayIds: null,
      caller: authorization.caller,
      codecs: codecsFor(request, relay),
    });
    const displayName = asCaller ? (request.callingName ?? '') : user.displayName;
    const calling = {
      ...{ userName: user.userName, displayName, number: authorization.callerNumber },
      usualNumber: options.callerNumber,
      isNumberWithheld: false,
    };
    return { authorization, admission, selection, calling };
  } catch (error) {
    admission.ended(clock.now());
    throw error;
  }
}

/** null where the caller's own number may not be shown. */
async function unlessRefused(authorize: () => Promise<Authorization>): Promise<Authorization | null> {
  try {
    return await authorize();
  } catch (error) {
    if (error instanceof DialbridgeError && error.code === 'callerNumberNotAllowed') return null;
    throw error;
  }
}
