export { Availability } from './Availability.ts';
export { IncomingCalls } from './IncomingCalls.ts';
export { OfferReserve } from './OfferReserve.ts';
export { type RingChoice, Ringer } from './Ringer.ts';
export type { RingingCall } from './RingingCall.ts';
