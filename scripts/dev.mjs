/** `npm run dev`: set-up, then the bridge, started anew on each change, and Vite's server for the client. Ends when either ends. */
import { join } from 'node:path';
import { binFolder, projectNode } from './set-up/places.mjs';
import { runProgram } from './set-up/runProgram.mjs';
import { explainFailure, setUp } from './set-up/setUp.mjs';

try {
  const env = await setUp();
  const programs = [
    runProgram(projectNode, ['--watch', 'bridge/main.ts'], env),
    runProgram(projectNode, [join(binFolder, 'vite')], env),
  ];
  process.exitCode = await Promise.race(programs);
  process.kill(process.pid, 'SIGTERM');
  await Promise.all(programs);
} catch (error) {
  explainFailure(error);
  process.exitCode = 1;
}
