import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Whether the stamp at `path` says `value`. A missing or unreadable stamp says nothing. */
export async function isStamped(path, value) {
  try {
    return (await readFile(path, 'utf8')).trim() === value;
  } catch {
    return false;
  }
}

/** Written whole or not at all. */
export async function writeStamp(path, value) {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, `${value}\n`);
  await rename(unfinished, path);
}

/** Before the work that the stamp vouches for is done again: an interruption must not leave an old stamp behind. */
export async function removeStamp(path) {
  await rm(path, { force: true });
}
