import { describe, expect, it } from 'vitest';
import { numberDraftSchema } from '../../../../shared/admin/index.ts';
import { movesOn, type RingReason, reasonOfGroup, refusals } from './RingReason.ts';
import { IllegalPlanError, nextPlanState, type PlanEvent, type PlanState } from './ringPlan.ts';

const events: readonly PlanEvent[] = ['opened', 'movedOn', 'exhausted', 'taken', 'abandoned'];

/** A dash is an illegal move. The columns are in the order of `events`. */
const table: Record<PlanState, readonly (PlanState | '-')[]> = {
  waiting: ['first', 'second', 'exhausted', '-', 'abandoned'],
  first: ['-', 'second', 'exhausted', 'taken', 'abandoned'],
  second: ['-', '-', 'exhausted', 'taken', 'abandoned'],
  taken: ['-', '-', '-', '-', '-'],
  exhausted: ['-', '-', '-', '-', '-'],
  abandoned: ['-', '-', '-', '-', '-'],
};

describe('nextPlanState', () => {
  const cases = (Object.keys(table) as PlanState[]).flatMap((state) =>
    events.map((event, column) => ({ state, event, next: table[state][column] })),
  );

  it.each(cases)('$state and $event leads to $next', ({ state, event, next }) => {
    if (next === '-') expect(() => nextPlanState(state, event)).toThrow(IllegalPlanError);
    else expect(nextPlanState(state, event)).toBe(next);
  });
});

describe('movesOn', () => {
  const otherwise = (when: readonly string[]) =>
    numberDraftSchema.parse({
      brandId: 'b1',
      destination: { kind: 'user', userName: 'alice' },
      otherwise: { when, destination: { kind: 'user', userName: 'bob' } },
    }).otherwise;

  it.each<[RingReason, readonly string[]]>([
    ['noAnswer', ['noAnswer']],
    ['busy', ['busy']],
    ['doNotDisturb', ['busy', 'unreachable']],
    ['declined', ['declined']],
    ['unreachable', ['unreachable']],
    ['closed', ['closed']],
    ['wrongNumber', ['unreachable']],
    ['loop', ['unreachable']],
  ])('after %s goes on where the number says one of %j, and not otherwise', (reason, whens) => {
    const all = ['noAnswer', 'busy', 'declined', 'unreachable', 'closed'];
    for (const when of all) expect(movesOn(reason, otherwise([when]))).toBe(whens.includes(when));
    expect(movesOn(reason, null)).toBe(false);
  });
});

describe('reasonOfGroup', () => {
  it.each<[readonly RingReason[], RingReason]>([
    [[], 'unreachable'],
    [['unreachable', 'unreachable'], 'unreachable'],
    [['declined', 'declined'], 'declined'],
    [['declined', 'unreachable'], 'declined'],
    [['declined', 'busy'], 'busy'],
    [['declined', 'doNotDisturb'], 'doNotDisturb'],
    [['busy', 'doNotDisturb'], 'busy'],
    [['declined', 'busy', 'noAnswer', 'unreachable'], 'noAnswer'],
  ])('makes of %j %s', (reasons, reason) => {
    expect(reasonOfGroup(reasons)).toBe(reason);
  });
});

describe('refusals', () => {
  it.each<[RingReason, number]>([
    ['noAnswer', 480],
    ['unreachable', 480],
    ['closed', 480],
    ['busy', 486],
    ['doNotDisturb', 486],
    ['declined', 603],
    ['loop', 482],
    ['wrongNumber', 404],
  ])('tells the gateway of %s by %i', (reason, sipStatus) => {
    expect(refusals[reason].sipStatus).toBe(sipStatus);
  });
});
