import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Certificate {
  /** PEM. */
  readonly certificate: string;
  readonly privateKey: string;
  readonly certificateFile: string;
  readonly keyFile: string;
  /** Both in one, as some programs want it. */
  readonly bothFile: string;
}

const run = promisify(execFile);
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** An authority of the test's own, whom nobody else trusts, and the certificates that it gives out (openssl). */
export class CertificateAuthority {
  /** PEM. */
  readonly certificate: string;
  readonly #folder: string;
  #count = 0;

  private constructor(folder: string, certificate: string) {
    this.#folder = folder;
    this.certificate = certificate;
  }

  static async create(): Promise<CertificateAuthority> {
    const folder = await mkdtemp(join(tmpdir(), 'dialbridge-ca-'));
    const [certificateFile, keyFile] = [join(folder, 'ca.pem'), join(folder, 'ca.key')];
    await run('openssl', [
      ...['req', '-x509', ...newKey, '-keyout', keyFile, '-out', certificateFile, '-days', '2'],
      ...['-subj', '/CN=Authority of a test', '-addext', 'basicConstraints=critical,CA:TRUE'],
    ]);
    return new CertificateAuthority(folder, await readFile(certificateFile, 'utf8'));
  }

  get certificateFile(): string {
    return join(this.#folder, 'ca.pem');
  }

  /** A certificate for a host name or IP address, for servers and clients alike. */
  async issue(name: string): Promise<Certificate> {
    this.#count += 1;
    const place = (ending: string) => join(this.#folder, `${this.#count}.${ending}`);
    const kind = /^[\d.]+$|:/.test(name) ? 'IP' : 'DNS';
    await writeFile(place('ext'), `subjectAltName=${kind}:${name}\nbasicConstraints=CA:FALSE\n`);
    await run('openssl', ['req', ...newKey, '-keyout', place('key'), '-out', place('csr'), '-subj', `/CN=${name}`]);
    await run('openssl', [
      ...['x509', '-req', '-in', place('csr'), '-CA', this.certificateFile, '-CAkey', join(this.#folder, 'ca.key')],
      ...['-CAcreateserial', '-days', '2', '-extfile', place('ext'), '-out', place('pem')],
    ]);
    const [certificate, privateKey] = await Promise.all([
      readFile(place('pem'), 'utf8'),
      readFile(place('key'), 'utf8'),
    ]);
    await writeFile(place('both'), certificate + privateKey);
    return {
      ...{ certificate, privateKey },
      ...{ certificateFile: place('pem'), keyFile: place('key'), bothFile: place('both') },
    };
  }

  close(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }
}
