import { rm, stat, writeFile } from 'node:fs/promises';

/**
 * Debian asks this program whether a package that is being installed may start its service: `exit 101` is no
 * (https://people.debian.org/~hmh/invokerc.d-policyrc.d-specification.txt).
 */
const policyPath = '/usr/sbin/policy-rc.d';

const policy =
  '#!/bin/sh\n# For the time of an installation by a project that wants the programs and not their services.\nexit 101\n';

/**
 * Runs `task` while no package may start its service. A policy that the machine has already is its owner's, and stays.
 *
 * @template T
 * @param {() => Promise<T>} task
 * @param {{ path?: string }} [options]
 * @returns {Promise<T>}
 */
export async function withServicesAtRest(task, { path = policyPath } = {}) {
  if (await exists(path)) return task();
  await writeFile(path, policy, { mode: 0o755 });
  try {
    return await task();
  } finally {
    await rm(path, { force: true });
  }
}

async function exists(path) {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
