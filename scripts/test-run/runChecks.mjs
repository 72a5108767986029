import { join } from 'node:path';
import { binFolder, projectEnvironment, projectNode, root } from '../set-up/places.mjs';
import { describeDuration } from '../set-up/progress.mjs';
import { runCommand } from '../set-up/runCommand.mjs';

const checks = [
  { title: 'types (tsc)', program: join(binFolder, 'tsc'), args: ['--noEmit', '-p', '.'] },
  {
    title: 'style and mistakes (biome)',
    program: join(binFolder, 'biome'),
    args: ['check', '--max-diagnostics=100', '.'],
  },
  { title: 'nothing unused (knip)', program: join(binFolder, 'knip'), args: ['--no-progress'] },
  { title: 'boundaries between folders', program: 'scripts/boundaries/checkBoundaries.mjs', args: [] },
  { title: 'docs/PROTOCOL.md is current', program: 'scripts/generate-protocol-docs.ts', args: ['--check'] },
];

/**
 * Runs every check, one after the other, and prints what the failing ones said.
 *
 * @returns {Promise<import('./sumOutcomes.mjs').Outcome>}
 */
export async function runChecks() {
  process.stdout.write('\nChecks\n');
  let passed = 0;
  for (const { title, program, args } of checks) {
    const startedAt = Date.now();
    const { code, output } = await runCommand(projectNode, [program, ...args], {
      cwd: root,
      env: projectEnvironment(),
    });
    const isPassed = code === 0;
    if (isPassed) passed += 1;
    process.stdout.write(
      `  ${isPassed ? 'passed' : 'FAILED'}: ${title} (${describeDuration(Date.now() - startedAt)})\n`,
    );
    if (!isPassed) process.stdout.write(`${output}\n`);
  }
  return { passed, failed: checks.length - passed, skipped: [] };
}
