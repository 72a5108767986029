import { describe, expect, it } from 'vitest';
import { type CallEvent, type CallState, transition } from './callState.ts';

const EXPECTED: Record<CallState, Record<CallEvent, CallState | null>> = {
  proceeding: { answer: 'answered', acknowledge: null, end: 'ended' },
  answered: { answer: null, acknowledge: 'confirmed', end: 'ended' },
  confirmed: { answer: null, acknowledge: null, end: 'ended' },
  ended: { answer: null, acknowledge: null, end: null },
};

describe('the state of a call', () => {
  const cases = Object.entries(EXPECTED).flatMap(([state, row]) =>
    Object.entries(row).map(([event, next]) => [state, event, next] as const),
  );
  it.each(cases)('from %s by %s is %s', (state, event, next) => {
    expect(transition(state as CallState, event as CallEvent)).toBe(next);
  });
});
