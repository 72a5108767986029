import type { CallReporter } from '../call-handler/index.ts';
import type { IncomingCallDeps, IncomingCallOptions, IncomingCallRequest } from './IncomingCallDeps.ts';

/** The record of a call that comes in begins before anybody is rung. */
export function openRecord(
  { log }: Pick<IncomingCallDeps, 'log'>,
  { callServerId }: Pick<IncomingCallOptions, 'callServerId'>,
  { callId, call, gateway, number, callingNumber, callingName, requestedAtMs }: IncomingCallRequest,
  reporter: CallReporter,
): void {
  log.requested({
    ...{ callId, callServerId, callingNumber, callingName, requestedAtMs },
    brandId: number.brandId,
    userId: null,
    deviceId: null,
    direction: 'incoming',
    calledNumber: number.id,
    calledName: number.name ?? null,
  });
  reporter.progressed({ gatewayId: gateway.id });
  const { transport, address } = call.source;
  reporter.event('inviteReceived', { gatewayId: gateway.id, sipCallId: call.sipCallId, transport, address });
}
