/** `npm run bench`: set-up, then the measurements. `npm run bench -- authorization` takes one part alone; `--quick` looks briefly. */
import { projectNode } from './set-up/places.mjs';
import { runProgram } from './set-up/runProgram.mjs';
import { explainFailure, setUp } from './set-up/setUp.mjs';

/** By part; one may have several. */
const programs = {
  calls: 'e2e/bench/main.ts',
  survival: 'e2e/bench/survival.ts',
  quality: 'e2e/bench/quality.ts',
  live: 'e2e/bench/live.ts',
  leaks: 'e2e/bench/leaks.ts',
  authorization: 'scripts/bench-authorization.ts',
  selection: 'scripts/bench-selection.ts',
  strangers: 'scripts/bench-strangers.ts',
  records: 'scripts/bench-records.ts',
  traces: 'scripts/bench-traces.ts',
  kills: ['scripts/bench-kills.ts', 'e2e/bench/kills.ts'],
};

const words = process.argv.slice(2);
const options = words.filter((word) => word.startsWith('--'));
const parts = words.filter((word) => !word.startsWith('--'));
const unknown = parts.find((part) => !Object.hasOwn(programs, part));

try {
  if (unknown === undefined) await runParts();
  else {
    process.stderr.write(`There is no part "${unknown}": ${Object.keys(programs).join(', ')}.\n`);
    process.exitCode = 1;
  }
} catch (error) {
  explainFailure(error);
  process.exitCode = 1;
}

async function runParts() {
  const env = await setUp({ withTestTools: true });
  for (const [part, program] of Object.entries(programs)) {
    if (parts.length > 0 && !parts.includes(part)) continue;
    for (const one of [program].flat())
      process.exitCode = (await runProgram(projectNode, [one, ...options], env)) || process.exitCode;
  }
}
