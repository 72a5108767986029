import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const beatMs = 5_000;
const staleAfterMs = 30_000;

/**
 * Runs `work` while no other process holds the lock at `path`; waits for the one that does. The holder renews the lock's
 * time every few seconds, so that one left behind by a killed process is recognised and taken over.
 *
 * @template T
 * @param {string} path a file in a folder that all who take part share; its folder is made when missing
 * @param {() => Promise<T>} work
 * @param {{ onWait?: () => void, retryMs?: number }} [options] `onWait` is called once when somebody else holds it; whether
 *   they still do is looked at every `retryMs`
 * @returns {Promise<T>}
 */
export async function withLock(path, work, { onWait, retryMs = 500 } = {}) {
  const owner = `${process.pid} ${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true });
  for (let isFirst = true; !(await take(path, owner)); isFirst = false) {
    if (await removeStale(path)) continue;
    if (isFirst) onWait?.();
    await delay(retryMs);
  }
  const beat = setInterval(() => utimes(path, new Date(), new Date()).catch(() => undefined), beatMs);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if ((await read(path)) === owner) await rm(path, { force: true });
  }
}

/** By a link to a finished file: the lock is never seen without its owner's name in it. */
async function take(path, owner) {
  const own = `${path}.${randomUUID()}`;
  await writeFile(own, owner);
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    await rm(own, { force: true });
  }
}

async function removeStale(path) {
  const owner = await read(path);
  if (owner === undefined) return true;
  const found = await stat(path).catch(() => undefined);
  if (!found) return true;
  if (isAlive(Number(owner.split(' ')[0])) && Date.now() - found.mtimeMs < staleAfterMs) return false;
  // Somebody else may have done the same and taken it since: what is moved away is looked at before it is thrown away.
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
    if ((await read(aside)) !== owner) await link(aside, path);
  } catch {
    return false;
  } finally {
    await rm(aside, { force: true });
  }
  return true;
}

async function read(path) {
  return readFile(path, 'utf8').catch(() => undefined);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
