/**
 * `npm test`: set-up, then the checks, the unit tests, those of whole pages and against other software, and the end-to-end tests. Every stage runs whatever the ones
 * before gave; the last line is `N passed, N failed` over all of them.
 */
import { explainFailure, setUp } from './set-up/setUp.mjs';
import { runChecks } from './test-run/runChecks.mjs';
import { runPageTests, runPeerTests, runPlaywright, runUnitTests } from './test-run/runTests.mjs';
import { describeSum, isSuccess, sumOutcomes } from './test-run/sumOutcomes.mjs';

const outcomes = [];
try {
  const env = await setUp({ withTestTools: true });
  for (const stage of [runChecks, runUnitTests, runPageTests, runPeerTests, runPlaywright])
    outcomes.push(await stage(env));
} catch (error) {
  explainFailure(error);
  outcomes.push({ passed: 0, failed: 1, skipped: [] });
}
const sum = sumOutcomes(outcomes);
process.exitCode = isSuccess(sum) ? 0 : 1;
process.stdout.write(describeSum(sum));
