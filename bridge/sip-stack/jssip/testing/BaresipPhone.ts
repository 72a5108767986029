import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, isBound } from './ports.ts';

/** Whether baresip (Debian: baresip-core) is installed; tests against it are skipped, and say so, where it isn't. */
export const HAS_BARESIP = spawnSync('baresip', ['-h']).error === undefined;

const MODULES = '/usr/lib/baresip/modules';

/** One baresip as gateway on loopback: it answers every call for user `gw` at once, and does what it is told. */
export class BaresipPhone {
  readonly port: number;
  readonly #process: ChildProcess;
  readonly #control: Socket;
  readonly #folder: string;
  readonly #exited: Promise<unknown>;

  private constructor(parts: { port: number; process: ChildProcess; control: Socket; folder: string }) {
    this.port = parts.port;
    this.#process = parts.process;
    this.#control = parts.control;
    this.#folder = parts.folder;
    this.#exited = once(parts.process, 'exit');
  }

  static async start(): Promise<BaresipPhone> {
    const folder = await mkdtemp(join(tmpdir(), 'baresip-'));
    const port = await freePort();
    const controlPort = await freePort();
    const config = [
      ...['poll_method epoll', `sip_listen 127.0.0.1:${port}`, 'net_interface 127.0.0.1', 'call_max_calls 10'],
      ...['audio_source aubridge,a', 'audio_player aubridge,a', 'audio_alert aubridge,b'],
      `ctrl_tcp_listen 127.0.0.1:${controlPort}`,
      ...(existsSync(MODULES) ? [`module_path ${MODULES}`] : []),
      ...['module g711.so', 'module aubridge.so', 'module_tmp uuid.so', 'module_tmp account.so'],
      ...['module_app menu.so', 'module_app ctrl_tcp.so'],
    ];
    await writeFile(join(folder, 'config'), `${config.join('\n')}\n`);
    await writeFile(join(folder, 'accounts'), '<sip:gw@127.0.0.1>;regint=0;answermode=auto;audio_codecs=PCMU/8000/1\n');
    await writeFile(join(folder, 'contacts'), '');
    const process = spawn('baresip', ['-f', folder], { stdio: 'ignore' });
    await isBound('udp', port);
    await isBound('tcp', controlPort);
    const control = connect(controlPort, '127.0.0.1');
    await once(control, 'connect');
    control.resume();
    control.on('error', () => {});
    return new BaresipPhone({ port, process, control, folder });
  }

  /** A command of its menu, as JSON in a netstring. */
  tell(command: string, params = ''): void {
    const text = JSON.stringify({ command, params, token: '' });
    this.#control.write(`${Buffer.byteLength(text)}:${text},`);
  }

  async close(): Promise<void> {
    this.#control.destroy();
    this.#process.kill('SIGKILL');
    await this.#exited;
    await rm(this.#folder, { recursive: true, force: true });
  }
}
