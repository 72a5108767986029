import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHash } from './contentHash.mjs';
import { binFolder, projectEnvironment, projectNode, root } from './places.mjs';
import { withProgress } from './progress.mjs';
import { runCommand } from './runCommand.mjs';
import { SetUpError } from './SetUpError.mjs';
import { isStamped, removeStamp, writeStamp } from './stamp.mjs';

const sources = ['client', 'shared', 'vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json'];

/** Builds the web client into dist/client when what it is made of has changed since it was last built. */
export async function ensureClientBuild() {
  // Beside the folder and not in it: what is in it is served.
  const stampPath = join(root, 'dist', 'client.stamp');
  const hash = await contentHash(root, sources, isPartOfTheClient);
  if ((await isStamped(stampPath, hash)) && (await exists(join(root, 'dist', 'client', 'index.html')))) return;
  await removeStamp(stampPath);
  await withProgress('Building the web client', async () => {
    const { code, output } = await runCommand(projectNode, [join(binFolder, 'vite'), 'build', '--logLevel', 'warn'], {
      cwd: root,
      env: projectEnvironment(),
    });
    if (code !== 0) throw new SetUpError(`The web client couldn't be built:\n${output}`);
  });
  await writeStamp(stampPath, hash);
}

/** @param {string} path relative to the root */
export function isPartOfTheClient(path) {
  return !/\.test\.tsx?$/.test(path) && !path.endsWith('.md');
}

function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
