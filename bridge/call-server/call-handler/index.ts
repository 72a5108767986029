export { CallHandler, type CallHandlerDeps, type CallHandlerOptions, type CallRequest } from './CallHandler.ts';
