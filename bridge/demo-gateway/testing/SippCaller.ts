import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';

export interface SippCallerOptions {
  readonly scenario: string;
  readonly port: number;
  readonly number: string;
  readonly transport?: 'udp' | 'tcp';
  readonly rtpPort?: number;
}

/** SIPp making one call by a scenario. */
export class SippCaller {
  readonly #folder: string;
  readonly #process: ChildProcess;
  readonly #exit: Promise<unknown>;

  private constructor(folder: string, process: ChildProcess) {
    this.#folder = folder;
    this.#process = process;
    this.#exit = once(process, 'exit');
  }

  static async start(options: SippCallerOptions): Promise<SippCaller> {
    const folder = await mkdtemp(join(tmpdir(), 'dialbridge-sipp-'));
    await writeFile(join(folder, 'scenario.xml'), options.scenario);
    const process = spawn(
      'sipp',
      [
        `127.0.0.1:${options.port}`,
        ...['-sf', 'scenario.xml', '-s', options.number, '-i', '127.0.0.1', '-m', '1', '-nostdin'],
        ...['-p', String(await freePort())],
        ...['-t', options.transport === 'tcp' ? 't1' : 'u1', '-key', 'rtp_port', String(options.rtpPort ?? 9)],
        ...['-trace_msg', '-message_file', 'messages.log', '-trace_err', '-error_file', 'errors.log'],
        ...['-timeout', '50', '-timeout_error'],
      ],
      { cwd: folder, stdio: 'ignore' },
    );
    await once(process, 'spawn');
    return new SippCaller(folder, process);
  }

  /** Everything that was sent and received so far. */
  async messages(): Promise<string> {
    return readFile(join(this.#folder, 'messages.log'), 'utf8').catch(() => '');
  }

  /** Resolves with the match as soon as the messages show it. */
  async shows(pattern: RegExp): Promise<RegExpExecArray> {
    return vi.waitFor(
      async () => {
        const match = pattern.exec(await this.messages());
        if (match === null) throw new Error(`no message like ${pattern} yet`);
        return match;
      },
      { timeout: 20_000, interval: 20 },
    );
  }

  /** Resolves when the scenario went through as it is written; rejects with what SIPp said otherwise. */
  async succeeded(): Promise<void> {
    await this.#exit;
    if (this.#process.exitCode === 0) return;
    const errors = await readFile(join(this.#folder, 'errors.log'), 'utf8').catch(() => '');
    throw new Error(`SIPp ended with ${this.#process.exitCode}: ${errors}\n${await this.messages()}`);
  }

  async close(): Promise<void> {
    if (this.#process.exitCode === null) this.#process.kill('SIGKILL');
    await this.#exit;
    await rm(this.#folder, { recursive: true });
  }
}

/** SIPp would take 5060 otherwise. */
async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}
