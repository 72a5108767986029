import { useCallback, useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { type Rule, ruleSchema } from '../../../shared/admin/index.ts';
import { type AdminApi, pathOf, useAdminApi } from '../api/index.ts';
import { applyMove, type Move } from './moveRule.ts';

export interface RuleList {
  /** In order of decision, as the person has put them. */
  readonly rules: readonly Rule[];
  readonly kind: 'loading' | 'ready' | 'failed';
  readonly error: unknown;
  /** How many have come, while more are on their way; null: all are here. */
  readonly loadedCount: number | null;
  readonly reload: () => void;
  /** Shows the move at once; when the bridge refuses it is taken back, and the promise rejects with the reason. */
  readonly move: (move: Move<string>) => Promise<void>;
  /** A rule as the bridge has it now. */
  readonly replace: (rule: Rule) => void;
}

interface State {
  /** As the bridge has them. */
  readonly kept: readonly Rule[];
  /** Moves that the bridge has not confirmed, oldest first. */
  readonly moves: readonly Move<string>[];
  readonly kind: RuleList['kind'];
  readonly error: unknown;
  readonly loadedCount: number | null;
}

const movedSchema = z.object({ items: z.array(ruleSchema) });
/** The most that the bridge gives at once. */
const pageSize = 1000;

/** All rules, read to the end, since their order is one. Moves go to the bridge one after the other. */
export function useRuleList(): RuleList {
  const api = useAdminApi();
  const [state, setState] = useState<State>(start);
  const [times, setTimes] = useState(0);
  const lastMove = useRef<Promise<unknown>>(Promise.resolve());
  const reload = useCallback(() => setTimes((present) => present + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `times` asks again.
  useEffect(() => {
    const stop = new AbortController();
    void readAll(api, stop.signal, setState);
    return () => stop.abort();
  }, [api, times]);

  const move = useCallback(
    (wanted: Move<string>) => {
      setState((present) => ({ ...present, moves: [...present.moves, wanted] }));
      const done = lastMove.current.then(() => sendMove(api, wanted));
      lastMove.current = done.catch(() => {});
      return done.then(
        (changed) => setState((present) => ({ ...withRules(present, changed), moves: without(present.moves, wanted) })),
        (error: unknown) => {
          setState((present) => ({ ...present, moves: without(present.moves, wanted) }));
          throw error;
        },
      );
    },
    [api],
  );
  const replace = useCallback((rule: Rule) => setState((present) => withRules(present, [rule])), []);

  const { kept, moves, ...rest } = state;
  return { ...rest, rules: moves.reduce<readonly Rule[]>(applyMove, kept), reload, move, replace };
}

const start: State = { kept: [], moves: [], kind: 'loading', error: null, loadedCount: null };

async function readAll(
  api: AdminApi,
  stop: AbortSignal,
  set: (next: (present: State) => State) => void,
): Promise<void> {
  const rules: Rule[] = [];
  let cursor: string | null = null;
  try {
    do {
      const page: { items: readonly Rule[]; nextCursor: string | null } = await api.list('rules', {
        limit: pageSize,
        cursor,
      });
      if (stop.aborted) return;
      rules.push(...page.items);
      cursor = page.nextCursor;
      const isComplete = cursor === null;
      const loadedCount = isComplete ? null : rules.length;
      // The first page is shown at once and the whole when it is here: each step of a long list costs anew. While a list is
      // read again, the older one stays in sight.
      set((present) =>
        isComplete || present.kept.length === 0
          ? { ...present, kept: [...rules], kind: 'ready', error: null, loadedCount }
          : { ...present, loadedCount },
      );
    } while (cursor !== null);
  } catch (error) {
    if (!stop.aborted) set((present) => ({ ...present, kind: 'failed', error, loadedCount: null }));
  }
}

async function sendMove(api: AdminApi, { id, before }: Move<string>): Promise<readonly Rule[]> {
  const path = pathOf('rules', id, '/move');
  return (await api.ask({ method: 'POST', path, body: { before } }, movedSchema)).items;
}

function withRules(state: State, changed: readonly Rule[]): State {
  const byId = new Map<string, Rule>([...state.kept, ...changed].map((rule) => [rule.id, rule]));
  return { ...state, kept: [...byId.values()].sort(inOrderOfDecision) };
}

/** As the bridge looks at them: by order, then by id. */
function inOrderOfDecision(a: Rule, b: Rule): number {
  return a.order - b.order || (a.id < b.id ? -1 : 1);
}

function without<Item>(items: readonly Item[], gone: Item): readonly Item[] {
  return items.filter((item) => item !== gone);
}
