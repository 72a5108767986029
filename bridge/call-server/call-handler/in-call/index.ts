export { InCall } from './InCall.ts';
export { LegSeat } from './succession/LegSeat.ts';
export type { JoinableCall } from './transfer/JoinableCall.ts';
export type { BlindTarget, PassedDial, TransferTarget } from './transfer/TransferTarget.ts';
