import type { ReadFile } from './applyEnvironment.ts';
import { type ConfigProblem, formatKey } from './ConfigError.ts';
import { isTree, type WrittenTree } from './WrittenTree.ts';

/**
 * Replaces every `passwordFile` in the seeds by a `password`: the content of that file without the line's end.
 * `locate` makes the path absolute.
 */
export async function applyPasswordFiles(
  tree: WrittenTree,
  readFile: ReadFile,
  locate: (path: string) => string,
): Promise<readonly ConfigProblem[]> {
  const problems: ConfigProblem[] = [];
  await visit(tree.seed, ['seed']);
  return problems;

  async function visit(value: unknown, path: readonly (string | number)[]): Promise<void> {
    if (Array.isArray(value)) {
      for (const [index, entry] of value.entries()) await visit(entry, [...path, index]);
    } else if (isTree(value)) {
      if ('passwordFile' in value) await replace(value, [...path, 'passwordFile']);
      for (const [name, entry] of Object.entries(value)) await visit(entry, [...path, name]);
    }
  }

  async function replace(holder: WrittenTree, path: readonly (string | number)[]): Promise<void> {
    const { passwordFile } = holder;
    delete holder.passwordFile;
    // Keeps the schema from also asking for the password that this file should have given.
    const isAlone = holder.password === undefined;
    if (isAlone) holder.password = 'could not be read';
    const report = (message: string) => problems.push({ key: formatKey(path), message });
    if (!isAlone) report('expected either password or passwordFile, found both');
    else if (typeof passwordFile !== 'string') report('expected the path of a file');
    else {
      try {
        holder.password = (await readFile(locate(passwordFile))).replace(/\r?\n$/, '');
      } catch (error) {
        report(`expected a readable file: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
}
