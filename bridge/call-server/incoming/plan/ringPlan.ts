/**
 * The way of a call to one number of ours, from its destination to the second one.
 *
 *                 opened             movedOn
 *     waiting ────────────► first ────────────► second
 *      │ │ │                 │ │ │               │ │ │
 *      │ │ └─────────────────│─│─│── movedOn ────┘ │ │        (closed, and the second destination is for that)
 *      │ │                   │ │ └──── taken ──────│─│──► taken
 *      │ └──── exhausted ────│─┴───── exhausted ───│─┴──► exhausted
 *      └────── abandoned ────┴─────── abandoned ───┴────► abandoned
 *
 * `movedOn` and `exhausted` are told apart by `otherwise.when` of the number (`movesOn`).
 */
export type PlanState = 'waiting' | 'first' | 'second' | 'taken' | 'exhausted' | 'abandoned';

export type PlanEvent =
  /** The destination may be rung now. */
  | 'opened'
  /** What was tried came to nothing, and the second destination is for that. */
  | 'movedOn'
  /** The same, and there is nothing more to try. */
  | 'exhausted'
  /** Somebody answered. */
  | 'taken'
  /** The caller doesn't want it any more, or the bridge stops. */
  | 'abandoned';

const moves = {
  waiting: { opened: 'first', movedOn: 'second', exhausted: 'exhausted', abandoned: 'abandoned' },
  first: { movedOn: 'second', exhausted: 'exhausted', taken: 'taken', abandoned: 'abandoned' },
  second: { exhausted: 'exhausted', taken: 'taken', abandoned: 'abandoned' },
  taken: {},
  exhausted: {},
  abandoned: {},
} as const satisfies Record<PlanState, Partial<Record<PlanEvent, PlanState>>>;

export class IllegalPlanError extends Error {
  constructor(state: PlanState, event: PlanEvent) {
    super(`the plan of a call that is ${state} cannot have ${event}`);
    this.name = 'IllegalPlanError';
  }
}

/** The state after `event`. @throws IllegalPlanError where the drawing has no such move. */
export function nextPlanState(state: PlanState, event: PlanEvent): PlanState {
  const next: PlanState | undefined = (moves[state] as Partial<Record<PlanEvent, PlanState>>)[event];
  if (next === undefined) throw new IllegalPlanError(state, event);
  return next;
}
