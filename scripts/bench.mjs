/** `npm run bench`: set-up, then the measurements. */
import { projectNode } from './set-up/places.mjs';
import { runProgram } from './set-up/runProgram.mjs';
import { explainFailure, setUp } from './set-up/setUp.mjs';

try {
  const env = await setUp({ withTestTools: true });
  process.exitCode = await runProgram(projectNode, ['e2e/bench/main.ts', ...process.argv.slice(2)], env);
} catch (error) {
  explainFailure(error);
  process.exitCode = 1;
}
