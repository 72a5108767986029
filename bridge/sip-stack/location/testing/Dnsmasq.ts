import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin` };

/** Whether dnsmasq (Debian: dnsmasq-base) is installed; tests that need it are skipped, and say so, where it isn't. */
export const HAS_DNSMASQ = spawnSync('dnsmasq', ['--version'], { env }).error === undefined;

/** A DNS server of a test's own on loopback, that knows these records alone (options of dnsmasq). */
export class Dnsmasq {
  /** As `sip.dnsServers` has it. */
  readonly address: string;
  readonly #process: ChildProcess;
  readonly #exited: Promise<unknown>;

  private constructor(process: ChildProcess, address: string) {
    this.#process = process;
    this.address = address;
    this.#exited = once(process, 'exit');
  }

  static async start(records: readonly string[]): Promise<Dnsmasq> {
    const port = await freePort();
    const options = [
      ...['--keep-in-foreground', '--log-facility=-', '--conf-file=/dev/null', '--pid-file=', '--user='],
      ...['--no-resolv', '--no-hosts', '--local=/example/', '--listen-address=127.0.0.1', '--bind-interfaces'],
    ];
    const child = spawn('dnsmasq', [...options, `--port=${port}`, ...records], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const server = new Dnsmasq(child, `127.0.0.1:${port}`);
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.stderr?.on('data', (chunk) => {
        said += chunk;
        if (said.includes('started, version')) resolve();
      });
      child.on('exit', () => reject(new Error(`dnsmasq ended: ${said}`)));
    });
    return server;
  }

  async close(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#exited;
  }
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  const listening = once(socket, 'listening');
  socket.bind(0, '127.0.0.1');
  await listening;
  const { port } = socket.address();
  socket.close();
  return port;
}
