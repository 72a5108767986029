export type { BudgetEnd } from './CallDeadline.ts';
export type { CallHandler } from './CallHandler.ts';
export type { CallHandlerDeps, CallHandlerOptions, CallRequest } from './CallHandlerDeps.ts';
export { createOutgoingCall, type OutgoingCall } from './createOutgoingCall.ts';
