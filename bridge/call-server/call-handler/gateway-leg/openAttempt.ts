import type { OutgoingInvite, SipDestination } from '../../../sip-stack/index.ts';
import { calledNumberFor, callingPartyFor } from '../../gateway-dialect/index.ts';
import { Attempt } from './Attempt.ts';
import type { GatewayLegDeps, GatewayLegOptions } from './GatewayLegDeps.ts';
import type { GatewayVisit } from './GatewayVisit.ts';

export interface AttemptRequest extends Pick<OutgoingInvite, 'offer' | 'onRemoteOffer' | 'onRemoteAnswer'> {
  readonly visit: GatewayVisit;
  readonly destination: SipDestination;
}

/** Sends an INVITE in the gateway's own way of writing, with its own time-outs. @throws whatever the SIP stack throws */
export function openAttempt(
  { sip, clock }: Pick<GatewayLegDeps, 'sip' | 'clock'>,
  options: GatewayLegOptions,
  { visit, destination, ...audio }: AttemptRequest,
): Attempt {
  const { gateway, peer } = visit;
  const { callId, calledNumber, calling, isEmergency, maxForwards, replaces } = options;
  const call = sip.invite({
    callId,
    peer,
    destination,
    calledNumber: calledNumberFor(gateway, { number: calledNumber, isEmergency }),
    ...callingPartyFor(gateway, { ...calling, isEmergency }),
    ...(maxForwards !== undefined && { maxForwards }),
    ...(replaces && { replaces }),
    ...audio,
  });
  return new Attempt(
    { call, clock },
    {
      firstResponseMs: gateway.timeouts.firstResponseMs ?? options.firstResponseTimeoutMs,
      progressMs: gateway.timeouts.progressMs ?? options.progressTimeoutMs,
    },
  );
}
