import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ensureClientBuild } from './clientBuild.mjs';
import { ensureMediasoupWorker } from './mediasoupWorker.mjs';
import { ensureNpmPackages } from './npmPackages.mjs';
import { cacheFolder, projectEnvironment, root } from './places.mjs';
import { say } from './progress.mjs';
import { endChildrenOnSignals } from './runCommand.mjs';
import { SetUpError } from './SetUpError.mjs';
import { testNeeds } from './systemNeeds.mjs';
import { ensureSystemPackages } from './systemPackages.mjs';
import { withLock } from './withLock.mjs';

const oldestNode = 20;

/**
 * Makes this checkout ready to run. Quick when nothing has changed since the last time; may be interrupted at any point
 * and run by several at once.
 *
 * @param {{ withTestTools?: boolean }} [options]
 * @returns {Promise<NodeJS.ProcessEnv>} the environment in which the project's programs are to be run
 * @throws {SetUpError} when the person in front of the machine has to do something
 */
export async function setUp({ withTestTools = false } = {}) {
  checkNode(process.versions.node);
  const undo = endChildrenOnSignals();
  try {
    return await withLock(
      checkoutLock(),
      async () => {
        await ensureNpmPackages();
        const worker = await ensureMediasoupWorker();
        if (withTestTools) await ensureSystemPackages(testNeeds, 'run the tests');
        await ensureClientBuild();
        return { ...projectEnvironment(), MEDIASOUP_WORKER_BIN: worker };
      },
      { onWait: () => say('  Another set-up of this checkout is running; waiting for it ...') },
    );
  } finally {
    undo();
  }
}

/** Prints what went wrong in a way that suits who reads it: a sentence for what they can mend, all there is otherwise. */
export function explainFailure(error) {
  say(error instanceof SetUpError ? `\n${error.message}` : `\nSet-up failed unexpectedly: ${error?.stack ?? error}`);
}

export function checkNode(version) {
  if (Number(version.split('.')[0]) < oldestNode) {
    throw new SetUpError(
      `Node ${oldestNode} or newer is needed to start; this is Node ${version}. See https://nodejs.org`,
    );
  }
}

/** Outside the checkout, since npm may empty node_modules. */
function checkoutLock() {
  return join(cacheFolder(), `checkout-${createHash('sha256').update(root).digest('hex').slice(0, 12)}.lock`);
}
