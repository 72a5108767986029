import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './freePort.ts';
import { type KamailioSetUp, kamailioConfig } from './kamailioConfig.ts';
import { PeerProcess } from './PeerProcess.ts';

export type KamailioOptions = Pick<KamailioSetUp, 'telephonePort'> & Partial<KamailioSetUp>;

/** Whom it knows. */
export const kamailioAccount = { userName: 'trunk', password: 'open sesame' } as const;

/** A provider's trunk: registrar and record-routing proxy (https://www.kamailio.org). What it knows is gone when it stops. */
export class Kamailio {
  readonly port: number;
  readonly #folder: string;
  #process: PeerProcess;

  private constructor(parts: { port: number; folder: string; process: PeerProcess }) {
    this.port = parts.port;
    this.#folder = parts.folder;
    this.#process = parts.process;
  }

  static async start(options: KamailioOptions): Promise<Kamailio> {
    const folder = await mkdtemp(join(tmpdir(), 'dialbridge-kamailio-'));
    const port = options.port ?? (await freePort(2));
    const setUp = {
      ...kamailioAccount,
      realm: 'trunk.test',
      digest: 'MD5',
      tls: null,
      maxExpires: 3600,
      ...options,
      port,
    } as const;
    await writeFile(join(folder, 'kamailio.cfg'), kamailioConfig(setUp));
    return new Kamailio({ port, folder, process: await spawnKamailio(folder) });
  }

  /** A request that it has let pass: the first line from `from` on that it printed about one. */
  async waitForSeen(pattern: RegExp, from = 0): Promise<string> {
    const [line] = await this.#process.waitForLine(new RegExp(`SEEN .*(?:${pattern.source})`), { from });
    return line;
  }

  mark(): number {
    return this.#process.lines.length;
  }

  /** Whom it knew is forgotten. */
  async stop(): Promise<void> {
    // Its children end with it, but only when it is asked.
    this.#process.kill('SIGTERM');
    await this.#process.waitForExit();
  }

  async restart(): Promise<void> {
    this.#process = await spawnKamailio(this.#folder);
  }

  log(): string {
    return this.#process.log();
  }

  /** Idempotent. */
  async close(): Promise<void> {
    await this.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function spawnKamailio(folder: string): Promise<PeerProcess> {
  const process_ = await PeerProcess.start({
    command: 'kamailio',
    args: ['-DD', '-E', '-f', join(folder, 'kamailio.cfg'), '-m', '16', '-M', '4', '-w', folder, '-Y', folder],
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin` },
  });
  await process_.waitForLine(/processes \(at least\)/);
  return process_;
}
