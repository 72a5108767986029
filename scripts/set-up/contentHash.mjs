import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/**
 * One hash over the names and contents of files and of everything in folders. What doesn't exist counts as absent, so
 * that its appearing changes the hash.
 *
 * @param {string} base names in the hash are relative to it, so that two checkouts of the same thing are equal
 * @param {string[]} paths relative to `base`
 * @param {(path: string) => boolean} [isCounted] says of a file (its path relative to `base`) whether it matters
 */
export async function contentHash(base, paths, isCounted = () => true) {
  const files = (await Promise.all(paths.map((path) => filesAt(join(base, path))))).flat();
  const names = files.map((file) => relative(base, file).split(sep).join('/')).filter(isCounted);
  const hash = createHash('sha256');
  for (const name of names.sort()) {
    const content = await readFile(join(base, name));
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

async function filesAt(path) {
  const found = await stat(path).catch(() => undefined);
  if (!found) return [];
  if (!found.isDirectory()) return [path];
  return (await Promise.all((await readdir(path)).map((entry) => filesAt(join(path, entry))))).flat();
}
