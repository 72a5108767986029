export type { IncomingCallOptions } from './IncomingCallDeps.ts';
export { IncomingCalls, type IncomingCallsDeps, type IncomingCallsEvents } from './IncomingCalls.ts';
export { NumberBook } from './numbers/NumberBook.ts';
export { Availabilities, type KeptAvailability, keptAvailabilitySchema } from './people/Availabilities.ts';
export { Callees } from './people/Callees.ts';
