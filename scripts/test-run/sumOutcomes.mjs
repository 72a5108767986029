/**
 * What a stage of the test run came to. `skipped` holds the names of the tests that didn't run.
 *
 * @typedef {{ passed: number, failed: number, skipped: string[] }} Outcome
 */

/** @param {Outcome[]} outcomes @returns {Outcome} */
export function sumOutcomes(outcomes) {
  return {
    passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
    failed: outcomes.reduce((sum, { failed }) => sum + failed, 0),
    skipped: outcomes.flatMap(({ skipped }) => skipped),
  };
}

/** A run in which nothing ran has shown nothing. @param {Outcome} outcome */
export function isSuccess({ passed, failed }) {
  return failed === 0 && passed > 0;
}

/** The end of the run's output; its last line is the sum. @param {Outcome} outcome */
export function describeSum({ passed, failed, skipped }) {
  const lines = skipped.map((name) => `skipped: ${name}`);
  return `\n${[...lines, `${passed} passed, ${failed} failed`].join('\n')}\n`;
}
