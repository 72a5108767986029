export { CallKeeper } from './CallKeeper.ts';
export { createCallLocks } from './CallLocks.ts';
export { type AbandonedCall, CallReturn } from './CallReturn.ts';
export { deviceName } from './deviceName.ts';
export { HangUpWishes } from './HangUpWishes.ts';
export { KeptCalls } from './KeptCalls.ts';
export { type ContinuationLink, OtherDevices } from './OtherDevices.ts';
export { type Continuation, takeContinuation } from './takeContinuation.ts';
export { watchNetwork } from './watchNetwork.ts';
