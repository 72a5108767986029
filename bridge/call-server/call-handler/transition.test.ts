import { describe, expect, it } from 'vitest';
import { type CallState, callStateSchema } from '../../../shared/domain/index.ts';
import { type CallEventType, IllegalTransitionError, transition } from './transition.ts';

const events: readonly CallEventType[] = [
  'gatewayTried',
  'rang',
  'earlyMediaOpened',
  'answered',
  'hangUpRequested',
  'finished',
];

/** A dash is an illegal move. The columns are in the order of `events`. */
const table: Record<CallState, readonly (CallState | '-')[]> = {
  requested: ['dialing', 'ringing', '-', '-', 'disconnecting', 'ended'],
  dialing: ['dialing', 'ringing', 'earlyMedia', 'established', 'disconnecting', 'ended'],
  ringing: ['ringing', 'ringing', 'earlyMedia', 'established', 'disconnecting', 'ended'],
  earlyMedia: ['dialing', 'earlyMedia', 'earlyMedia', 'established', 'disconnecting', 'ended'],
  established: ['-', '-', '-', '-', 'disconnecting', 'ended'],
  disconnecting: ['-', 'disconnecting', 'disconnecting', 'disconnecting', 'disconnecting', 'ended'],
  ended: ['-', '-', '-', '-', '-', '-'],
};

describe('transition', () => {
  const cases = callStateSchema.options.flatMap((state) =>
    events.map((event, column) => ({ state, event, next: table[state][column] })),
  );

  it.each(cases)('$state and $event leads to $next', ({ state, event, next }) => {
    if (next === '-') expect(() => transition(state, event)).toThrow(IllegalTransitionError);
    else expect(transition(state, event)).toBe(next);
  });
});
