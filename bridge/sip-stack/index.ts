export { createJsSipStack, type JsSipStackDeps } from './jssip/index.ts';
export type * from './SipStack.ts';
export { findPairProblem } from './transport/index.ts';
