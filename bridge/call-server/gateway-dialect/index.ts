export { calledNumberFor } from './calledNumberFor.ts';
export { type CallingParty, callingPartyFor, type GatewayCaller } from './callingPartyFor.ts';
export { asRelayed, callingMediaOf, type GatewayMediaWay, gatewayMediaOf } from './gatewayMediaOf.ts';
