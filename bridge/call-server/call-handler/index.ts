export { CallHandler } from './CallHandler.ts';
export type { CallHandlerDeps, CallHandlerOptions, CallRequest, ForcedEnd } from './CallHandlerDeps.ts';
export type { CallWatch, CallWatcher, WatchedCall } from './CallWatcher.ts';
export { ClientLeg } from './ClientLeg.ts';
export { createOutgoingCall, type OutgoingCall } from './createOutgoingCall.ts';
export { type BudgetEnd, CallDeadline } from './ending/CallDeadline.ts';
export { CallEnding } from './ending/CallEnding.ts';
export { reportDeadline } from './ending/reportDeadline.ts';
export { reportEnd } from './ending/reportEnd.ts';
export type { HandlerEnd } from './ending/toCallEnd.ts';
export {
  GatewayLeg,
  type GatewayLegEnd,
  type GatewaySide,
  passDigitsOn,
  type Reoffer,
  sendFreshOffer,
  sendKeyTones,
  sendReoffer,
  takesEvents,
} from './gateway-leg/index.ts';
export type { BlindTarget, JoinableCall, PassedDial, TransferTarget } from './in-call/index.ts';
export { CallReporter } from './reports/CallReporter.ts';
export { recordAttempts } from './reports/recordAttempts.ts';
export { reportAnswer, reportCodec } from './reports/reportAnswer.ts';
export { toMediaFault } from './toMediaFault.ts';
