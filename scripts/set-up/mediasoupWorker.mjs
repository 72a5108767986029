import { constants } from 'node:fs';
import { access, copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWorker } from '../mediasoup-worker/buildWorker.mjs';
import { downloadOfficialWorker } from '../mediasoup-worker/downloadOfficialWorker.mjs';
import { contentHash } from './contentHash.mjs';
import { cacheFolder, nodeModules, projectEnvironment, projectNode } from './places.mjs';
import { say, withProgress } from './progress.mjs';
import { runCommand } from './runCommand.mjs';
import { SetUpError } from './SetUpError.mjs';
import { workerBuildNeeds } from './systemNeeds.mjs';
import { ensureSystemPackages } from './systemPackages.mjs';
import { withLock } from './withLock.mjs';

const recipe = fileURLToPath(new URL('../mediasoup-worker', import.meta.url));
const packageFolder = join(nodeModules, 'mediasoup');
const smokeTestTimeoutMs = 120_000;
/** What the worker answers when it isn't started by mediasoup: it runs on this machine, with the libraries it wants. */
const notMyParentExitCode = 41;
const unfinishedPrefix = 'unfinished-';

/**
 * The mediasoup worker: the one that `MEDIASOUP_WORKER_BIN` names, else the cached one, else its makers' own build, else
 * built here from the npm package and the system's libraries. What goes into the cache has passed the smoke test.
 *
 * @returns {Promise<string>} its path
 */
export async function ensureMediasoupWorker(env = process.env) {
  if (env.MEDIASOUP_WORKER_BIN) {
    await access(env.MEDIASOUP_WORKER_BIN, constants.X_OK).catch(() => {
      throw new SetUpError(
        `MEDIASOUP_WORKER_BIN names ${env.MEDIASOUP_WORKER_BIN}, which isn't a program that can be run.`,
      );
    });
    return env.MEDIASOUP_WORKER_BIN;
  }
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'));
  const cache = cacheFolder(env);
  const name = workerCacheName({ version, recipeHash: await recipeHash() });
  const worker = join(cache, name, 'mediasoup-worker');
  if (await isRunnable(worker)) return worker;
  await withLock(
    join(cache, `${name}.lock`),
    async () => {
      if (await isRunnable(worker)) return;
      await removeUnfinished(cache, name);
      await provide({ cache, name, version, env });
    },
    { onWait: () => say('  Another set-up is making the mediasoup worker; waiting for it ...') },
  );
  return worker;
}

export function workerCacheName({ version, recipeHash, platform = process.platform, arch = process.arch }) {
  return `mediasoup-worker-${version}-${platform}-${arch}-${recipeHash.slice(0, 12)}`;
}

/** Over what decides how the worker comes out: not the tests, nor where it may be downloaded. */
function recipeHash() {
  const files = ['overlay', 'transformations.mjs', 'prepareSource.mjs', 'buildWorker.mjs'];
  return contentHash(recipe, files);
}

async function provide({ cache, name, version, env }) {
  const folder = await mkdtemp(join(cache, `${unfinishedPrefix}${name}-`));
  try {
    if (!(await provideOfficial({ folder, version, env }))) await provideBuilt({ folder, cache, version });
    const target = join(cache, name);
    await rm(target, { recursive: true, force: true });
    const ready = join(folder, 'ready');
    await rename(ready, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function provideOfficial({ folder, version, env }) {
  const downloaded = await withProgress('Looking for the official build of the mediasoup worker', async (report) => {
    const found = await downloadOfficialWorker({
      packageFolder,
      version,
      node: projectNode,
      env: projectEnvironment(env),
    });
    if (!found) report('not to be had here', true);
    return found;
  });
  if (!downloaded) return false;
  const worker = await putAside(folder, downloaded);
  const failure = await smokeTest(worker);
  if (failure) say(`  The official mediasoup worker doesn't work on this machine: ${failure}`);
  return !failure;
}

async function provideBuilt({ folder, cache, version }) {
  await ensureSystemPackages(workerBuildNeeds, 'build the mediasoup worker');
  const logFile = join(cache, 'mediasoup-worker-build.log');
  await rm(logFile, { force: true });
  const title = `Building the mediasoup worker ${version} (about 5 minutes on two cores)`;
  try {
    const built = await withProgress(title, async (report) => {
      const workFolder = join(folder, 'build');
      await mkdir(workFolder);
      return buildWorker({ packageFolder, workFolder, logFile, report });
    });
    const worker = await putAside(folder, built);
    const failure = await smokeTest(worker);
    if (failure) throw new Error(`it doesn't pass its smoke test: ${failure}`);
  } catch (error) {
    throw new SetUpError(`The mediasoup worker couldn't be built: ${error.message}.\nThe log is ${logFile}`);
  }
  await rm(logFile, { force: true });
}

async function putAside(folder, worker) {
  const ready = join(folder, 'ready');
  await mkdir(ready, { recursive: true });
  const target = join(ready, 'mediasoup-worker');
  await copyFile(worker, target);
  return target;
}

/** @returns {Promise<string | undefined>} what is wrong with the worker */
async function smokeTest(worker) {
  return withProgress('Testing the mediasoup worker with a WebRTC call', async (report) => {
    const { code, output } = await runCommand(projectNode, [join(recipe, 'smokeTest.mjs'), worker], {
      env: projectEnvironment(),
      timeoutMs: smokeTestTimeoutMs,
    });
    if (code === 0) return undefined;
    report('failed', true);
    return output.trim() || `exit code ${code}`;
  });
}

async function isRunnable(worker) {
  try {
    return (await runCommand(worker, [], { env: {} })).code === notMyParentExitCode;
  } catch {
    return false;
  }
}

/** What a killed set-up left behind. Called by the lock's holder, so nobody is at work in them. */
async function removeUnfinished(cache, name) {
  for (const entry of await readdir(cache)) {
    if (entry.startsWith(`${unfinishedPrefix}${name}-`)) await rm(join(cache, entry), { recursive: true, force: true });
  }
}
