export { calledNumberFor } from './calledNumberFor.ts';
export { type CallingParty, callingPartyFor, type GatewayCaller } from './callingPartyFor.ts';
export { type GatewayMediaWay, gatewayMediaOf } from './gatewayMediaOf.ts';
