import { describe, expect, it } from 'vitest';
import { readPlaywrightReport, readVitestReport } from './readReports.mjs';
import { describeSum, isSuccess, sumOutcomes } from './sumOutcomes.mjs';

describe('readVitestReport', () => {
  const test = (status) => ({ status, fullName: `a ${status} test` });

  it('counts passed and failed tests and names the others', () => {
    const assertionResults = [test('passed'), test('passed'), test('failed'), test('pending'), test('todo')];
    expect(readVitestReport({ testResults: [{ status: 'failed', assertionResults }] }, 1)).toEqual({
      passed: 2,
      failed: 1,
      skipped: ['a pending test', 'a todo test'],
    });
  });

  it('counts a file that cannot be loaded as one failure', () => {
    const report = {
      testResults: [
        { status: 'failed', assertionResults: [] },
        { status: 'passed', assertionResults: [test('passed')] },
      ],
    };
    expect(readVitestReport(report, 1)).toEqual({ passed: 1, failed: 1, skipped: [] });
  });

  it('counts a runner that crashed, or that failed outside any test, as one failure', () => {
    expect(readVitestReport(undefined, 139)).toEqual({ passed: 0, failed: 1, skipped: [] });
    const report = { testResults: [{ status: 'passed', assertionResults: [test('passed')] }] };
    expect(readVitestReport(report, 1)).toEqual({ passed: 1, failed: 1, skipped: [] });
  });
});

describe('readPlaywrightReport', () => {
  const spec = (title, status) => ({ title, tests: [{ status }] });
  const report = {
    suites: [
      {
        title: 'call.spec.ts',
        specs: [spec('dials', 'expected')],
        suites: [
          { title: 'media', specs: [spec('hears', 'unexpected'), spec('speaks', 'flaky'), spec('sees', 'skipped')] },
        ],
      },
    ],
  };

  it('counts through all suites, takes a flaky test for a failed one and names the skipped', () => {
    expect(readPlaywrightReport(report, 1)).toEqual({
      passed: 1,
      failed: 2,
      skipped: ['call.spec.ts > media > sees'],
    });
  });

  it('counts a run without any test as a failure, since the runner does', () => {
    expect(readPlaywrightReport({ suites: [], errors: [{}] }, 1)).toEqual({ passed: 0, failed: 1, skipped: [] });
    expect(readPlaywrightReport(undefined, 1)).toEqual({ passed: 0, failed: 1, skipped: [] });
  });
});

describe('the sum', () => {
  it('adds up the stages and ends with one line', () => {
    const sum = sumOutcomes([
      { passed: 5, failed: 0, skipped: [] },
      { passed: 70, failed: 1, skipped: ['x'] },
    ]);
    expect(sum).toEqual({ passed: 75, failed: 1, skipped: ['x'] });
    expect(describeSum(sum).trimEnd().split('\n')).toEqual(['', 'skipped: x', '75 passed, 1 failed']);
  });

  it('is a success only when something ran and nothing failed', () => {
    expect(isSuccess({ passed: 1, failed: 0, skipped: [] })).toBe(true);
    expect(isSuccess({ passed: 1, failed: 1, skipped: [] })).toBe(false);
    expect(isSuccess({ passed: 0, failed: 0, skipped: [] })).toBe(false);
  });
});
