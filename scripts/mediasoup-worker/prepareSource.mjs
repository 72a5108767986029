import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyTransformation, transformations } from './transformations.mjs';

const overlay = fileURLToPath(new URL('./overlay', import.meta.url));

/**
 * Copies the worker's source from the npm package and makes it buildable with the system's libraries: no wrap that
 * downloads anything is left, our stand-ins take their places, and the transformations are applied.
 *
 * @param {{ packageFolder: string, target: string }} options `target` must not exist yet.
 */
export async function prepareSource({ packageFolder, target }) {
  await cp(join(packageFolder, 'worker'), target, { recursive: true });
  const subprojects = join(target, 'subprojects');
  for (const entry of await readdir(subprojects)) {
    await rm(join(subprojects, entry), { recursive: true });
  }
  await cp(overlay, target, { recursive: true });
  for (const transformation of transformations) {
    const path = join(target, transformation.file);
    await writeFile(path, applyTransformation(await readFile(path, 'utf8'), transformation));
  }
}
