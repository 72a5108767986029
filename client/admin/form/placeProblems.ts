import type { SettingProblem } from '../../../shared/errors/index.ts';
import { fieldOf } from './fieldPaths.ts';

/** What is wrong, at the fields that are to blame. */
export interface Placed {
  /** By field. */
  readonly problems: Readonly<Record<string, string>>;
  /** Where no field is to blame. */
  readonly failure: string | null;
}

export const nothingWrong: Placed = { problems: {}, failure: null };

/** Each problem to its field; one that has no field is said for the whole. */
export function placeProblems(found: readonly SettingProblem[], names: readonly string[]): Placed {
  const problems: Record<string, string> = {};
  let failure: string | null = null;
  for (const { key, expected } of found) {
    const name = fieldOf(key, names);
    if (name === null) failure ??= key === '' ? expected : `${key}: ${expected}`;
    else problems[name] ??= expected;
  }
  return { problems, failure };
}
