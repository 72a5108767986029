import type { ReadFile } from './applyEnvironment.ts';
import { type ConfigProblem, formatKey } from './ConfigError.ts';
import { isTree, type WrittenTree } from './WrittenTree.ts';

/** Keys of the seeds whose text may stand in a file of its own, named by the key with `File` behind it. */
const inFiles = ['password', 'secret', 'publicKey', 'privateKey', 'certificate', 'ca'];

/**
 * Replaces every `passwordFile` in the seeds by a `password`, and so on: the content of that file without the line's end.
 * `locate` makes the path absolute.
 */
export async function applySecretFiles(
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
      for (const name of inFiles) if (`${name}File` in value) await replace(value, path, name);
      for (const [name, entry] of Object.entries(value)) await visit(entry, [...path, name]);
    }
  }

  async function replace(holder: WrittenTree, path: readonly (string | number)[], name: string): Promise<void> {
    const fileName = holder[`${name}File`];
    delete holder[`${name}File`];
    // Keeps the schema from also asking for what this file should have given.
    const isAlone = holder[name] === undefined;
    if (isAlone) holder[name] = 'could not be read, which is said elsewhere';
    const report = (message: string) => problems.push({ key: formatKey([...path, `${name}File`]), message });
    if (!isAlone) report(`expected either ${name} or ${name}File, found both`);
    else if (typeof fileName !== 'string') report('expected the path of a file');
    else {
      try {
        holder[name] = (await readFile(locate(fileName))).replace(/\r?\n$/, '');
      } catch (error) {
        report(`expected a readable file: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
}
