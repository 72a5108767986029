/** `npm run screenshots [FOLDER [check]]`: set-up, then a picture of each page, or of the check of the telephone alone. */
import { projectNode } from './set-up/places.mjs';
import { runProgram } from './set-up/runProgram.mjs';
import { explainFailure, setUp } from './set-up/setUp.mjs';

try {
  const env = await setUp({ withTestTools: true });
  process.exitCode = await runProgram(projectNode, ['e2e/screenshots/main.ts', ...process.argv.slice(2)], env);
} catch (error) {
  explainFailure(error);
  process.exitCode = 1;
}
