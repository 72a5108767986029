export { createJsSipStack, type JsSipStackDeps } from './jssip/index.ts';
export type * from './port/index.ts';
export { SipRequestError } from './port/index.ts';
export { findPairProblem } from './transport/index.ts';
