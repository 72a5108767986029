/**
 * Both take a runner's JSON report and its exit code. A runner that says by its exit code that something is wrong, while
 * its report names no failed test (it crashed, found no tests, or met an error outside any test), counts as one failure.
 */

/**
 * @param {any} report Vitest's (Jest's format); undefined when there is none
 * @param {number} exitCode
 * @returns {import('./sumOutcomes.mjs').Outcome}
 */
export function readVitestReport(report, exitCode) {
  const files = report?.testResults ?? [];
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  // A file that can't even be loaded has no tests in it.
  const brokenFiles = files.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return outcome({
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: tests.filter(({ status }) => status === 'failed').length + brokenFiles.length,
    skipped: tests.filter(({ status }) => status !== 'passed' && status !== 'failed').map(({ fullName }) => fullName),
    exitCode,
  });
}

/**
 * @param {any} report Playwright's; undefined when there is none
 * @param {number} exitCode
 * @returns {import('./sumOutcomes.mjs').Outcome} a test that passed only when it was tried again counts as failed
 */
export function readPlaywrightReport(report, exitCode) {
  const tests = (report?.suites ?? []).flatMap((suite) => listTests(suite, []));
  return outcome({
    passed: tests.filter(({ status }) => status === 'expected').length,
    failed: tests.filter(({ status }) => status === 'unexpected' || status === 'flaky').length,
    skipped: tests.filter(({ status }) => status === 'skipped').map(({ name }) => name),
    exitCode,
  });
}

function listTests(suite, titles) {
  const path = [...titles, suite.title];
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests.map(({ status }) => ({ status, name: [...path, spec.title].join(' > ') })),
  );
  return [...own, ...(suite.suites ?? []).flatMap((inner) => listTests(inner, path))];
}

function outcome({ passed, failed, skipped, exitCode }) {
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed, skipped };
}
