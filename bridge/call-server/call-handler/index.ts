export type { BudgetEnd } from './CallDeadline.ts';
export { CallHandler } from './CallHandler.ts';
export type { CallHandlerDeps, CallHandlerOptions, CallRequest } from './CallHandlerDeps.ts';
