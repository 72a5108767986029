import { randomBytes } from 'node:crypto';
import { chmod, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Logger } from '../../observability/index.ts';
import { DurableJsonFile } from './DurableJsonFile.ts';

const contentSchema = z.strictObject({ format: z.literal(1), secrets: z.record(z.string(), z.string().min(43)) });

/** Random secrets of this installation, e.g. the key that signs access tokens. */
export interface Secrets {
  /** 32 random bytes in base64url, made at the first use of this name and the same ever after. */
  get(name: string): Promise<string>;
}

/**
 * Opens `secrets.json` in the data folder. A file that others could read is closed to them, with a warning.
 * @throws StorageError `damaged`, `unavailable`
 */
export async function loadSecrets(dataDir: string, logger: Logger): Promise<Secrets> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const file = new DurableJsonFile(join(dataDir, 'secrets.json'), (json) => contentSchema.parse(json));
  await closeToOthers(file.path, logger);
  return new SecretsFile(file, (await file.read())?.secrets ?? {});
}

class SecretsFile implements Secrets {
  readonly #file: DurableJsonFile<z.infer<typeof contentSchema>>;
  #secrets: Readonly<Record<string, string>>;
  #writing: Promise<void> = Promise.resolve();

  constructor(file: DurableJsonFile<z.infer<typeof contentSchema>>, secrets: Readonly<Record<string, string>>) {
    this.#file = file;
    this.#secrets = secrets;
  }

  async get(name: string): Promise<string> {
    const present = this.#secrets[name];
    if (present !== undefined) return present;
    const making = this.#writing.then(() => this.#make(name));
    this.#writing = making.then(
      () => undefined,
      () => undefined,
    );
    return making;
  }

  async #make(name: string): Promise<string> {
    const present = this.#secrets[name];
    if (present !== undefined) return present;
    const made = randomBytes(32).toString('base64url');
    const secrets = { ...this.#secrets, [name]: made };
    await this.#file.write({ format: 1, secrets });
    this.#secrets = secrets;
    return made;
  }
}

async function closeToOthers(path: string, logger: Logger): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || (found.mode & 0o077) === 0) return;
  await chmod(path, 0o600);
  logger.warn({ path }, 'The secrets file could be read by others; it was closed to them. Consider making new secrets');
}
