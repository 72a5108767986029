/** `npm run check:boundaries`: prints every import that crosses a boundary and exits non-zero when there is one. */
import { glob, readFile } from 'node:fs/promises';
import { root } from '../set-up/places.mjs';
import { findViolation } from './findViolation.mjs';
import { listImports } from './listImports.mjs';

let fileCount = 0;
let violationCount = 0;
for await (const path of glob('{bridge,client,shared}/**/*.{ts,tsx}', { cwd: root })) {
  const file = path.replaceAll('\\', '/');
  fileCount += 1;
  for (const specifier of listImports(file, await readFile(`${root}/${file}`, 'utf8'))) {
    const violation = findViolation(file, specifier);
    if (violation) {
      violationCount += 1;
      console.log(`${file}: "${specifier}": ${violation}.`);
    }
  }
}
console.log(`${fileCount} files, ${violationCount} imports over a boundary.`);
process.exitCode = violationCount > 0 || fileCount === 0 ? 1 : 0;
