import { rm } from 'node:fs/promises';
import { arch, platform, release } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../set-up/runCommand.mjs';

/** How long to wait for a sign of the internet: a closed network must not hold anybody up. */
const probeTimeoutMs = 4_000;
const downloadTimeoutMs = 90_000;

/**
 * Lets mediasoup's own script fetch the worker that its makers built, if it can be reached.
 *
 * @param {{ packageFolder: string, version: string, node: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<string | undefined>} the path of the worker, inside the package; undefined when there is none for
 *   this platform, the internet can't be reached, or mediasoup's settings say not to
 */
export async function downloadOfficialWorker({ packageFolder, version, node, env }) {
  if (env.MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD) return undefined;
  if (!(await isReachable(officialWorkerUrl({ version, env })))) return undefined;
  const worker = join(packageFolder, 'worker', 'out', 'Release', 'mediasoup-worker');
  await rm(worker, { force: true });
  const { code } = await runCommand(node, ['npm-scripts.mjs', 'postinstall'], {
    cwd: packageFolder,
    // When the download fails the script would go on to build with tools that it fetches too. That is our own build's
    // place, so it is given no Python to do it with.
    env: { ...env, MEDIASOUP_WORKER_BIN: '', MEDIASOUP_LOCAL_DEV: '', PYTHON: 'false' },
    timeoutMs: downloadTimeoutMs,
  });
  return code === 0 ? worker : undefined;
}

/** Where mediasoup's npm-scripts.mjs (3.27) looks for it. */
export function officialWorkerUrl({
  version,
  env,
  system = { platform: platform(), arch: arch(), release: release() },
}) {
  const base =
    env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL || 'https://github.com/versatica/mediasoup/releases/download';
  const kernel = system.platform === 'linux' ? `-kernel${system.release.split('.')[0]}` : '';
  return `${base}/${version}/mediasoup-worker-${version}-${system.platform}-${system.arch}${kernel}.tgz`;
}

async function isReachable(url) {
  try {
    return (await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(probeTimeoutMs) })).ok;
  } catch {
    return false;
  }
}
