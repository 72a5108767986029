import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './freePort.ts';
import { PeerProcess } from './PeerProcess.ts';
import type { Scenario } from './scenarios/index.ts';
import { parseSippTrace } from './sippTrace.ts';

/** One call of a gateway to the bridge: SIPp on the calling side. It ends with its scenario. */
export class SippCaller {
  readonly #process: PeerProcess;
  readonly #folder: string;

  private constructor(parts: { process: PeerProcess; folder: string }) {
    this.#process = parts.process;
    this.#folder = parts.folder;
  }

  static async call(number: string, options: { bridgePort: number; scenario: Scenario }): Promise<SippCaller> {
    const { bridgePort, scenario } = options;
    const folder = await mkdtemp(join(tmpdir(), 'dialbridge-sipp-'));
    await writeFile(join(folder, 'scenario.xml'), scenario.xml);
    const args = [
      `127.0.0.1:${bridgePort}`,
      ...[
        '-t',
        'u1',
        '-i',
        '127.0.0.1',
        '-p',
        `${await freePort()}`,
        '-mi',
        '127.0.0.1',
        '-mp',
        `${await freePort(4)}`,
      ],
      ...['-sf', join(folder, 'scenario.xml'), '-s', number, '-m', '1', '-nostdin', '-timeout', '60'],
      ...['-trace_msg', '-message_file', join(folder, 'messages'), '-trace_err', '-error_file', join(folder, 'errors')],
    ];
    const process = await PeerProcess.start({ command: 'sipp', args, cwd: folder });
    return new SippCaller({ process, folder });
  }

  /** What it was answered to its INVITE, in order, each once. */
  async heard(): Promise<number[]> {
    const messages = parseSippTrace(await this.#read('messages'));
    const statuses = messages
      .filter(
        ({ direction, method, startLine }) =>
          direction === 'received' && method === 'INVITE' && startLine.startsWith('SIP/2.0'),
      )
      .map(({ startLine }) => Number(startLine.split(' ')[1]))
      .filter((status) => status !== 100);
    return [...new Set(statuses)];
  }

  /** Resolves when its scenario has been gone through. Rejects with what came in its place. */
  async done(): Promise<void> {
    const code = await this.#process.waitForExit(60_000);
    if (code !== 0)
      throw new Error(`SIPp ended with ${code}: ${await this.#read('errors')}\n${await this.#read('messages')}`);
  }

  /** Idempotent. */
  async close(): Promise<void> {
    await this.#process.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #read(name: string): Promise<string> {
    return readFile(join(this.#folder, name), 'utf8').catch(() => '');
  }
}
