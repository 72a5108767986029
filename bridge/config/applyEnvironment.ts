import { type ConfigProblem, formatKey } from './ConfigError.ts';
import { type ConfigKey, listConfigKeys } from './configKeys.ts';
import { suggestName } from './suggestName.ts';
import { setAt, type WrittenTree } from './WrittenTree.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
export type ReadFile = (path: string) => Promise<string>;

export interface EnvironmentFindings {
  readonly problems: readonly ConfigProblem[];
  /** Sentences about variables that look like ours and are not. */
  readonly warnings: readonly string[];
  /** The variable that each overridden key came from, by the key. */
  readonly origins: ReadonlyMap<string, string>;
}

/** Variables of ours that are no key of the configuration. */
const otherVariables: ReadonlySet<string> = new Set(['DIALBRIDGE_CONFIG']);

/**
 * Overrides keys of `tree` by `DIALBRIDGE_...` variables; `..._FILE` names a file that holds the value.
 * An empty variable counts as absent.
 */
export async function applyEnvironment(
  tree: WrittenTree,
  environment: Environment,
  readFile: ReadFile,
): Promise<EnvironmentFindings> {
  const keys = new Map(listConfigKeys().map((key) => [key.environmentName, key]));
  const problems: ConfigProblem[] = [];
  const warnings: string[] = [];
  const origins = new Map<string, string>();
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith('DIALBRIDGE_') || otherVariables.has(name) || text === undefined || text === '') continue;
    const key = keys.get(name);
    const fileKey = key === undefined && name.endsWith('_FILE') ? keys.get(name.slice(0, -'_FILE'.length)) : undefined;
    if (key === undefined && fileKey === undefined) {
      warnings.push(describeUnknownVariable(name, [...keys.keys()]));
      continue;
    }
    try {
      if (key !== undefined) setAt(tree, key.path, readValue(key, text));
      if (fileKey !== undefined) setAt(tree, fileKey.path, readValue(fileKey, (await readFile(text)).trim()));
      const set = key ?? fileKey;
      if (set !== undefined) origins.set(formatKey(set.path), name);
    } catch (error) {
      problems.push({ key: name, message: error instanceof Error ? error.message : String(error) });
    }
  }
  return { problems, warnings, origins };
}

/** A text that is not what the key's kind wants is passed on as it is, for the schema to say what was expected. */
function readValue(key: ConfigKey, text: string): unknown {
  if (key.isNullable && text === 'null') return null;
  switch (key.kind) {
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'json':
      return parseJson(text);
    case 'text':
      return text;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('expected JSON');
  }
}

function describeUnknownVariable(name: string, known: readonly string[]): string {
  const near = suggestName(name, known);
  return `The environment variable ${name} is no setting and was ignored${near === undefined ? '' : `; did you mean ${near}?`}`;
}
