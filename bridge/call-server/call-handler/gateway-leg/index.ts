export type { AttemptFailure } from './AttemptFailure.ts';
export { GatewayLeg } from './GatewayLeg.ts';
export type { GatewayLegEnd } from './GatewayLegDeps.ts';
export type { GatewaySide, Reoffer } from './GatewaySide.ts';
export { passDigitsOn } from './passDigitsOn.ts';
export { sendKeyTones, takesEvents } from './sendKeyTones.ts';
export { sendFreshOffer, sendReoffer } from './sendReoffer.ts';
