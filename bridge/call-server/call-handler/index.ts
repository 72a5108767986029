export { type BudgetEnd, CallDeadline } from './CallDeadline.ts';
export { CallEnding } from './CallEnding.ts';
export { CallHandler } from './CallHandler.ts';
export type { CallHandlerDeps, CallHandlerOptions, CallRequest, ForcedEnd } from './CallHandlerDeps.ts';
export { CallReporter } from './CallReporter.ts';
export type { CallWatch, CallWatcher, WatchedCall } from './CallWatcher.ts';
export { ClientLeg } from './ClientLeg.ts';
export { createOutgoingCall, type OutgoingCall } from './createOutgoingCall.ts';
export {
  GatewayLeg,
  type GatewayLegEnd,
  type GatewaySide,
  type Reoffer,
  sendFreshOffer,
  sendKeyTones,
  sendReoffer,
} from './gateway-leg/index.ts';
export type { BlindTarget, JoinableCall, PassedDial, TransferTarget } from './in-call/index.ts';
export { recordAttempts } from './recordAttempts.ts';
export { reportAnswer, reportCodec } from './reportAnswer.ts';
export { reportDeadline } from './reportDeadline.ts';
export { reportEnd } from './reportEnd.ts';
export type { HandlerEnd } from './toCallEnd.ts';
export { toMediaFault } from './toMediaFault.ts';
