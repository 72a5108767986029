import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binFolder, projectNode } from '../set-up/places.mjs';
import { runProgram } from '../set-up/runProgram.mjs';
import { readPlaywrightReport, readVitestReport } from './readReports.mjs';

/** @param {NodeJS.ProcessEnv} env */
export function runUnitTests(env) {
  heading('Unit tests');
  return runVitest(env, ['--project=node', '--project=client']);
}

/** Apart from the unit tests, which should be quick. @param {NodeJS.ProcessEnv} env */
export function runPageTests(env) {
  heading('Tests of whole pages');
  return runVitest(env, ['--project=pages']);
}

/**
 * Apart from the unit tests: they keep time with programs of others, and would be slowed by them. Three files at once, since each
 * mostly waits for timers of the protocols.
 * @param {NodeJS.ProcessEnv} env
 */
export function runPeerTests(env) {
  heading('Tests against other SIP and WebRTC software, and with processes that are killed');
  return runVitest(env, ['--project=peer', '--maxWorkers=3']);
}

function runVitest(env, options) {
  return withReport(async (reportPath) => {
    const args = ['run', ...options, '--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`];
    const exitCode = await runProgram(projectNode, [join(binFolder, 'vitest'), ...args], env);
    return readVitestReport(await readReport(reportPath), exitCode);
  });
}

/** @param {NodeJS.ProcessEnv} env */
export function runPlaywright(env) {
  heading('End-to-end tests');
  return withReport(async (reportPath) => {
    const args = ['test', '--config=e2e/playwright.config.ts', '--reporter=list,json'];
    const exitCode = await runProgram(projectNode, [join(binFolder, 'playwright'), ...args], {
      ...env,
      PLAYWRIGHT_JSON_OUTPUT_FILE: reportPath,
    });
    return readPlaywrightReport(await readReport(reportPath), exitCode);
  });
}

async function withReport(run) {
  const folder = await mkdtemp(join(tmpdir(), 'dialbridge-test-'));
  try {
    return await run(join(folder, 'report.json'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Undefined when the runner wrote none or half of one: it crashed, and its exit code says so. */
async function readReport(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function heading(title) {
  process.stdout.write(`\n${title}\n`);
}
