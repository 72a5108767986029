/** One thing that is wrong with the configuration. */
export interface ConfigProblem {
  /** `seed.users[0].password`; empty for the whole file. */
  readonly key: string;
  /** What was expected and what was found. */
  readonly message: string;
}

/** The configuration can't be used. The message lists every problem, one per line, for the operator to read. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(place: string, problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ key, message }) => `  ${key === '' ? message : `${key}: ${message}`}`);
    super([`The configuration (${place}) can't be used:`, ...lines].join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** `['seed', 'users', 0, 'password']` -> `seed.users[0].password`. */
export function formatKey(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${String(step)}`))
    .join('');
}
