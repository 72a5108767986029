import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's own folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

export const nodeModules = join(root, 'node_modules');

/** Where npm links the commands of the installed packages, the pinned Node among them. */
export const binFolder = join(nodeModules, '.bin');

/** The Node that everything runs under once set-up is done (see docs/decisions/0001-runtime-from-npm.md). */
export const projectNode = join(binFolder, 'node');

/** What is costly to make and doesn't belong to one checkout: `${XDG_CACHE_HOME:-~/.cache}/dialbridge`. */
export function cacheFolder(env = process.env) {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'dialbridge');
}

/** The environment for everything that runs after set-up: the project's own Node and commands come first. */
export function projectEnvironment(env = process.env) {
  return { ...env, PATH: [binFolder, env.PATH].join(delimiter) };
}

/**
 * The environment for npm itself: without this checkout's commands, since npm must not run under a Node that it is
 * about to replace.
 */
export function machineEnvironment(env = process.env) {
  const path = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== binFolder);
  return { ...env, PATH: path.join(delimiter) };
}
