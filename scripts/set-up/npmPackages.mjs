import { createHash } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { binFolder, machineEnvironment, nodeModules, projectEnvironment, projectNode, root } from './places.mjs';
import { describeDuration, say, withProgress } from './progress.mjs';
import { runCommand } from './runCommand.mjs';
import { SetUpError } from './SetUpError.mjs';
import { isStamped, removeStamp, writeStamp } from './stamp.mjs';

/**
 * The npm packages of package-lock.json, and the Node that one of them brings. No package's own install script runs
 * but that one's: npm 10 doesn't know `allowScripts`, so all are off and the one is asked for by name.
 */
export async function ensureNpmPackages() {
  const stampPath = join(nodeModules, '.dialbridge-set-up');
  const lockText = await readFile(join(root, 'package-lock.json'), 'utf8');
  const stamp = createHash('sha256').update(lockText).digest('hex');
  if (!(await isStamped(stampPath, stamp))) {
    const installedText = await readFile(join(nodeModules, '.package-lock.json'), 'utf8').catch(() => '{}');
    // Somebody who ran `npm install` has just what is wanted; installing it all again would only cost time.
    if (listDifferences(JSON.parse(lockText), JSON.parse(installedText)).length > 0) {
      await removeStamp(stampPath);
      await install();
    }
  }
  await ensureProjectNode();
  await writeStamp(stampPath, stamp);
}

/**
 * The packages of which the installed version isn't the one that the lock file wants.
 *
 * @param {{ packages?: Record<string, { version?: string, optional?: boolean }> }} wanted package-lock.json
 * @param {{ packages?: Record<string, { version?: string }> }} installed node_modules/.package-lock.json
 */
export function listDifferences(wanted, installed) {
  const isWrong = ([path, { version, optional }]) => {
    const found = installed.packages?.[path]?.version;
    // An optional one may be for another platform.
    return found !== version && !(optional && found === undefined);
  };
  return Object.entries(wanted.packages ?? {})
    .filter(([path]) => path !== '')
    .filter(isWrong)
    .map(([path]) => path);
}

async function install() {
  say('  Installing the npm packages ...');
  const startedAt = Date.now();
  // Not `npm ci`: it refuses a lock file without entries for every platform's optional packages, and a registry that
  // mirrors only some platforms can't give them. With --no-save the lock file is followed and left as it is.
  const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code } = await runCommand('npm', args, { cwd: root, env: machineEnvironment(), show: true });
  if (code !== 0) {
    throw new SetUpError(
      "npm couldn't install the packages: see above for why. Is the npm registry reachable from here?",
    );
  }
  say(`  Installing the npm packages: done (${describeDuration(Date.now() - startedAt)})`);
}

async function ensureProjectNode() {
  const { version } = JSON.parse(await readFile(join(nodeModules, 'node', 'package.json'), 'utf8'));
  if ((await projectNodeVersion()) === `v${version}`) return;
  await withProgress(`Installing Node ${version} for the project`, async () => {
    const args = ['rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts'];
    const { code, output } = await runCommand('npm', args, { cwd: root, env: machineEnvironment() });
    const found = (await projectNodeVersion()) ?? 'none';
    if (found !== `v${version}`) {
      throw new SetUpError(
        `The npm package "node" didn't bring Node ${version} (npm's exit code ${code}, found ${found}):\n${output}`,
      );
    }
  });
}

async function projectNodeVersion() {
  try {
    await access(binFolder);
    return (await runCommand(projectNode, ['--version'], { env: projectEnvironment() })).output.trim();
  } catch {
    return undefined;
  }
}
