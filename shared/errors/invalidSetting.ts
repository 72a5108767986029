import type { z } from 'zod';
import { DialbridgeError } from './DialbridgeError.ts';
import { describeExpected } from './describeExpected.ts';

/** One thing that is wrong with what was written. */
export interface SettingProblem {
  /** Where: `when.windows.0.from`; empty for the whole. */
  readonly key: string;
  /** `expected a time of day such as 08:30` */
  readonly expected: string;
}

/** Longer lists are cut: the sentence is for a person. */
const mostProblemsTold = 20;

/**
 * The refusal of what was written: its details name the first problem (`key`, `expected`) and, where there are several, all of
 * them, a line each (`problems`).
 */
export function invalidSetting(problems: readonly [SettingProblem, ...SettingProblem[]]): DialbridgeError {
  const [first] = problems;
  const lines = problems.slice(0, mostProblemsTold).map(({ key, expected }) => `${key}: ${expected}`);
  return new DialbridgeError('invalidSetting', {
    details: {
      key: first.key,
      expected: first.expected,
      ...(problems.length > 1 && { problems: lines.join('\n') }),
    },
  });
}

/** What a schema found wrong, each with its place. Of a union's ways the one that got furthest is told. */
export function describeIssues(
  issues: readonly z.core.$ZodIssue[],
  place: readonly PropertyKey[] = [],
): readonly SettingProblem[] {
  return issues.flatMap((issue) => {
    const path = [...place, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ key: formatPath([...path, key]), expected: describeExpected(issue) }));
    }
    const way = issue.code === 'invalid_union' ? findNearWay(issue.errors) : undefined;
    return way ? describeIssues(way, path) : [{ key: formatPath(path), expected: describeExpected(issue) }];
  });
}

/** The only way of a union that fits from outside, so that what is wrong is inside of it. */
function findNearWay(ways: readonly (readonly z.core.$ZodIssue[])[]) {
  const near = ways.filter((issues) => issues.every(({ path }) => path.length > 0));
  return near.length === 1 ? near[0] : undefined;
}

function formatPath(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}
