/** SipStack over JsSIP 3.13. The only folder that imports jssip. */
export { createJsSipStack, type JsSipStackDeps } from './createJsSipStack.ts';
