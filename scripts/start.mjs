/** `npm start`: set-up, then the bridge. Standard output is the bridge's own. */
import { projectNode } from './set-up/places.mjs';
import { runProgram } from './set-up/runProgram.mjs';
import { explainFailure, setUp } from './set-up/setUp.mjs';

try {
  const env = await setUp();
  process.exitCode = await runProgram(projectNode, ['bridge/main.ts', ...process.argv.slice(2)], env);
} catch (error) {
  explainFailure(error);
  process.exitCode = 1;
}
