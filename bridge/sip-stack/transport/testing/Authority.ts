import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Whether OpenSSL's program is installed; tests that need certificates are skipped, and say so, where it isn't. */
export const HAS_OPENSSL = spawnSync('openssl', ['version']).error === undefined;

export interface Pair {
  readonly certificate: string;
  readonly privateKey: string;
}

const run = promisify(execFile);
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** An authority of the test's own, that signs what it is asked to. */
export class Authority {
  /** Its own certificate, PEM. */
  readonly certificate: string;
  readonly #folder: string;
  #count = 0;

  private constructor(folder: string, certificate: string) {
    this.#folder = folder;
    this.certificate = certificate;
  }

  static async create(): Promise<Authority> {
    const folder = await mkdtemp(join(tmpdir(), 'authority-'));
    const files = ['-keyout', join(folder, 'ca.key'), '-out', join(folder, 'ca.pem')];
    await run('openssl', ['req', '-x509', ...NEW_KEY, ...files, '-days', '2', '-subj', '/CN=Test authority']);
    return new Authority(folder, await readFile(join(folder, 'ca.pem'), 'utf8'));
  }

  /** `names` as OpenSSL writes alternative names, e.g. `DNS:gw.example,URI:sip:gw.example`. Negative days: expired. */
  async issue({ names, days = 2 }: { names: string; days?: number }): Promise<Pair> {
    this.#count += 1;
    const at = (kind: string) => join(this.#folder, `${this.#count}.${kind}`);
    const request = [
      '-keyout',
      at('key'),
      '-out',
      at('csr'),
      '-subj',
      '/CN=Test',
      '-addext',
      `subjectAltName=${names}`,
    ];
    await run('openssl', ['req', '-new', ...NEW_KEY, ...request]);
    const signers = ['-CA', join(this.#folder, 'ca.pem'), '-CAkey', join(this.#folder, 'ca.key')];
    const life = ['-days', String(days), '-copy_extensions', 'copyall'];
    await run('openssl', ['x509', '-req', '-in', at('csr'), ...signers, ...life, '-out', at('pem')]);
    return {
      certificate: await readFile(at('pem'), 'utf8'),
      privateKey: await readFile(at('key'), 'utf8'),
    };
  }

  close(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }
}
