/** `npm start`: set-up, then the bridge. Standard output is the bridge's own. */
import { projectNode } from './set-up/places.mjs';
import { runProgram } from './set-up/runProgram.mjs';
import { explainFailure, setUp } from './set-up/setUp.mjs';

/** MiB. By itself V8 lets garbage pile up far higher, which costs 50 MiB more and spares no processor time. */
const youngGeneration = '--max-semi-space-size=4';

try {
  const env = await setUp();
  process.exitCode = await runProgram(projectNode, [youngGeneration, 'bridge/main.ts', ...process.argv.slice(2)], env);
} catch (error) {
  explainFailure(error);
  process.exitCode = 1;
}
