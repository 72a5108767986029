import { readFile as readFileFromDisk } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { applyEnvironment, type Environment, type ReadFile } from './applyEnvironment.ts';
import { applySecretFiles } from './applySecretFiles.ts';
import { ConfigError, type ConfigProblem } from './ConfigError.ts';
import { configSchema } from './configSchema.ts';
import { describeProblems } from './describeProblems.ts';
import { type Config, resolveConfig } from './resolveConfig.ts';
import { isTree, type WrittenTree } from './WrittenTree.ts';

export interface ConfigSource {
  readonly env: Environment;
  /** Folder in which `dialbridge.config.json` is looked for, and from which paths of the environment are seen. */
  readonly cwd: string;
  /** Rejects with a `code` of `ENOENT` where there is no such file. Default: the disk's. */
  readonly readFile?: ReadFile;
}

export interface LoadedConfig {
  readonly config: Config;
  /** The file that was read; null when there was none. */
  readonly path: string | null;
  /** Sentences for the log. */
  readonly warnings: readonly string[];
}

const defaultFileName = 'dialbridge.config.json';

/**
 * Reads the file named by `DIALBRIDGE_CONFIG`, else `dialbridge.config.json` in `cwd` where there is one, and the environment over it.
 * Paths in it are seen from the file's own folder.
 * @throws ConfigError that lists everything that is wrong
 */
export async function loadConfig(source: ConfigSource): Promise<LoadedConfig> {
  const readFile = source.readFile ?? ((path: string) => readFileFromDisk(path, 'utf8'));
  const named = source.env.DIALBRIDGE_CONFIG;
  const path = resolve(source.cwd, named || defaultFileName);
  const file = await readTree(path, readFile, Boolean(named));
  const place = file === null ? `no file, environment only` : path;
  const tree = file ?? {};
  const locate = (relative: string) => resolve(file === null ? source.cwd : dirname(path), relative);

  const environment = await applyEnvironment(tree, source.env, (name) => readFile(resolve(source.cwd, name)));
  const problems: ConfigProblem[] = [...environment.problems, ...(await applySecretFiles(tree, readFile, locate))];
  const parsed = configSchema.safeParse(tree);
  if (!parsed.success) problems.push(...describeProblems(parsed.error.issues, tree, environment.origins));
  if (problems.length > 0 || !parsed.success) throw new ConfigError(place, problems);
  return {
    config: resolveConfig(parsed.data, locate),
    path: file === null ? null : path,
    warnings: environment.warnings,
  };
}

async function readTree(path: string, readFile: ReadFile, isNamed: boolean): Promise<WrittenTree | null> {
  const text = await readFile(path).catch((error: unknown) => {
    if (!isNamed && isMissing(error)) return null;
    const problem = error instanceof Error ? error.message : String(error);
    throw new ConfigError(path, [{ key: '', message: `expected a readable file: ${problem}` }]);
  });
  if (text === null) return null;
  const tree = parse(path, text);
  if (!isTree(tree)) throw new ConfigError(path, [{ key: '', message: 'expected a JSON object' }]);
  return tree;
}

function parse(path: string, text: string): unknown {
  try {
    // Some editors put a byte order mark in front (RFC 8259 section 8.1 lets a reader pass over it).
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    // The engine's message gives the place, and quotes a few characters around it.
    throw new ConfigError(path, [{ key: '', message: `expected JSON: ${(error as SyntaxError).message}` }]);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
