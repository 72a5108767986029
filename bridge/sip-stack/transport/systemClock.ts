import { type Clock, systemClock as machineClock } from '../../observability/index.ts';

/** The machine's own clock, for users of this room alone. */
export function systemClock(): Clock {
  return machineClock;
}
