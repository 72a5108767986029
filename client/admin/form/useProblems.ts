import { useState } from 'react';
import { nothingWrong, type Placed } from './placeProblems.ts';

export interface Problems {
  /** What to show at a field. */
  readonly at: (name: string) => string | undefined;
  readonly failure: string | null;
  /** The person has left a field. */
  readonly touch: (name: string) => void;
  /** The person wants to save: from now on everything is said. */
  readonly tryToSave: () => void;
  /** What the bridge said, until the field is changed. */
  readonly refuse: (refusal: Placed) => void;
  readonly forget: (names: readonly string[]) => void;
}

/** Which problems are shown when: those of the draft once a field is left, all at save, the bridge's at once. */
export function useProblems(found: Placed): Problems {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [isSaveTried, setIsSaveTried] = useState(false);
  const [refusal, refuse] = useState(nothingWrong);
  return {
    at: (name) => refusal.problems[name] ?? (isSaveTried || touched.has(name) ? found.problems[name] : undefined),
    failure: refusal.failure ?? (isSaveTried ? found.failure : null),
    touch: (name) => setTouched((present) => new Set(present).add(name)),
    tryToSave: () => {
      setIsSaveTried(true);
      refuse(nothingWrong);
    },
    refuse,
    forget: (names) =>
      refuse(({ problems }) => ({
        problems: Object.fromEntries(Object.entries(problems).filter(([name]) => !names.includes(name))),
        failure: null,
      })),
  };
}
