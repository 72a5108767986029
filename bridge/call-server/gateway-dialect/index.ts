export { calledNumberFor } from './calledNumberFor.ts';
export { type CallingParty, callingPartyFor, type GatewayCaller } from './callingPartyFor.ts';
export { gatewayMediaOf } from './gatewayMediaOf.ts';
