import { access, link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StorageError } from '../StorageError.ts';

/** What makes a value of the file's JSON; throws where it is not as expected. */
export type Parse<T> = (json: unknown) => T;

/**
 * A JSON file that is always whole: it is written beside itself, forced to the disk, and put in place by a rename.
 * The version before is kept as `<path>.backup`. Only its owner may read it. One writer at a time.
 */
export class DurableJsonFile<T> {
  readonly path: string;
  readonly #parse: Parse<T>;

  constructor(path: string, parse: Parse<T>) {
    this.path = path;
    this.#parse = parse;
  }

  get backupPath(): string {
    return `${this.path}.backup`;
  }

  /**
   * Null when there is no such file.
   * @throws StorageError `damaged`: the message names the file, what is wrong and the backup; nothing was changed
   */
  async read(): Promise<T | null> {
    const text = await readIfThere(this.path);
    if (text === null) {
      if ((await readIfThere(this.backupPath)) === null) return null;
      throw new StorageError(
        'damaged',
        `The file ${this.path} is missing although it was written before. The version before the last is ${this.backupPath}: ` +
          'rename it to go back to it, or remove it to start empty.',
      );
    }
    try {
      return this.#parse(JSON.parse(text));
    } catch (error) {
      throw new StorageError('damaged', await this.#describeDamage(text, error), { cause: error });
    }
  }

  /** Resolves when the new content would survive a power cut. @throws StorageError `unavailable`; the old content stays */
  async write(value: T): Promise<void> {
    await this.prepare(value);
    await this.finish();
  }

  /**
   * The first half of `write`: the new content is beside the file, forced to the disk. What can fail for want of space is in this
   * half. @throws StorageError `unavailable`
   */
  prepare(value: T): Promise<void> {
    return this.#attempt(async () => {
      await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
      await writeForced(this.#preparedPath, `${JSON.stringify(value, null, 1)}\n`);
    });
  }

  /** The second half: puts what was prepared in place, if it is not there already. @throws StorageError `unavailable` */
  finish(): Promise<void> {
    return this.#attempt(async () => {
      if (!(await isThere(this.#preparedPath))) return;
      await this.#keepBackup();
      await rename(this.#preparedPath, this.path);
      await forceFolder(dirname(this.path));
    });
  }

  /** Deletes the file, but not its backup. @throws StorageError `unavailable` */
  remove(): Promise<void> {
    return this.#attempt(async () => {
      await rm(this.path, { force: true });
      await forceFolder(dirname(this.path));
    });
  }

  get #preparedPath(): string {
    return `${this.path}.new`;
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new StorageError('unavailable', `The file ${this.path} could not be written: ${reason}`, { cause: error });
    }
  }

  /** The present version gets a second name, so that there is no moment without a whole file at `path`. */
  async #keepBackup(): Promise<void> {
    const passing = `${this.backupPath}.new`;
    await rm(passing, { force: true });
    try {
      await link(this.path, passing);
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return;
      throw error;
    }
    await rename(passing, this.backupPath);
  }

  async #describeDamage(text: string, error: unknown): Promise<string> {
    const reason = text.trim() === '' ? 'it is empty' : error instanceof Error ? error.message : String(error);
    const advice =
      (await readIfThere(this.backupPath)) === null
        ? 'There is no backup; repair it or move it away to start empty.'
        : `The version before is ${this.backupPath}: copy it over the damaged file to go back to it.`;
    return `The file ${this.path} is damaged and was left as it is: ${reason} ${advice}`;
  }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StorageError('unavailable', `The file ${path} could not be read: ${reason}`, { cause: error });
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

async function writeForced(path: string, text: string): Promise<void> {
  // What an interrupted write left behind may have other rights.
  await rm(path, { force: true });
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function forceFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
