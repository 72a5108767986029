import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, isBound } from './ports.ts';

const ENVIRONMENT = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

/** Whether Kamailio is installed; tests against it are skipped, and say so, where it isn't. */
export const HAS_KAMAILIO = spawnSync('kamailio', ['-v'], { env: ENVIRONMENT }).error === undefined;

interface KamailioOptions {
  readonly algorithm: 'MD5' | 'SHA-256';
  readonly userName: string;
  readonly password: string;
}

/** A registrar with digest that record-routes the calls of whoever has registered; it keeps nothing when it ends. */
export class Kamailio {
  readonly port: number;
  readonly #folder: string;
  #process: ChildProcess;

  private constructor(child: ChildProcess, folder: string, port: number) {
    this.#process = child;
    this.#folder = folder;
    this.port = port;
  }

  static async start(options: KamailioOptions): Promise<Kamailio> {
    const folder = await mkdtemp(join(tmpdir(), 'kamailio-'));
    const port = await freePort();
    await writeFile(join(folder, 'kamailio.cfg'), configuration(port, options));
    return new Kamailio(await spawnKamailio(folder, port), folder, port);
  }

  /** Forgets everybody. */
  async restart(): Promise<void> {
    await this.#stop();
    this.#process = await spawnKamailio(this.#folder, this.port);
  }

  async close(): Promise<void> {
    await this.#stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Its children end with it when it is asked to. */
  async #stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await exited;
  }
}

async function spawnKamailio(folder: string, port: number): Promise<ChildProcess> {
  const memory = ['-m', '16', '-M', '4'];
  const child = spawn(
    'kamailio',
    ['-DD', '-E', '-f', join(folder, 'kamailio.cfg'), ...memory, '-w', folder, '-Y', folder],
    {
      env: ENVIRONMENT,
      stdio: 'ignore',
    },
  );
  await isBound('udp', port);
  return child;
}

function configuration(port: number, { algorithm, userName, password }: KamailioOptions): string {
  const modules = ['tm', 'sl', 'rr', 'pv', 'maxfwd', 'siputils', 'textops', 'usrloc', 'registrar', 'auth'];
  return `#!KAMAILIO
debug=0
log_stderror=yes
children=1
disable_tcp=yes
auto_aliases=no
listen=udp:127.0.0.1:${port}
${modules.map((name) => `loadmodule "${name}.so"`).join('\n')}
modparam("auth", "algorithm", "${algorithm}")
modparam("auth", "qop", "auth")
modparam("usrloc", "db_mode", 0)
modparam("registrar", "min_expires", 1)

request_route {
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
  if (has_totag()) {
    if (loose_route()) { t_relay(); exit; }
    if (is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
    sl_send_reply("404", "Not here");
    exit;
  }
  if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
  if (is_method("REGISTER")) {
    if (!pv_www_authenticate("trunk.test", "${password}", "0") || $au != "${userName}") {
      www_challenge("trunk.test", "1");
      exit;
    }
    save("location");
    exit;
  }
  if (is_method("INVITE")) {
    record_route();
    $rU = "${userName}";
    if (!lookup("location")) { sl_send_reply("404", "Nobody is registered"); exit; }
    t_relay();
    exit;
  }
  sl_send_reply("405", "Method Not Allowed");
}
`;
}
